/** A relation's line as the graph draws it: its family's colour, a head only where it has a direction. */
import { familiesOf } from "../state/visible.ts";
import { isSymmetric } from "../text/words.ts";
import { useReady } from "./app-context.ts";
import { LineMark } from "./icons.tsx";

export function RelationMark({ relation }: { readonly relation: string }) {
  const { data, look } = useReady();
  return <LineMark color={look.family(familiesOf(data.ontology).get(relation) ?? "")} arrow={!isSymmetric(data.ontology, relation)} />;
}
