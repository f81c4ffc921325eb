/** Verbs under which an event noun stands, lending it their arguments: "held talks with", "talks were held". */
import type { Frame } from "../knowledge/rules.ts";
import { relativeGap } from "./complements.ts";
import { antecedent, casesOf, childrenOf, isNominal, isPassive, isVerb, shell } from "./tree.ts";
import type { Tree } from "./tree.ts";

/** Verbs whose object is an event and whose subject acts in that event, unless a rule names its own. */
export const LIGHT_VERBS: ReadonlySet<string> = new Set(
  (
    "hold have conduct make pay launch carry stage mount give take reach strike sign conclude secure clinch seal impose begin start open resume continue end enter engage complete " +
    "undertake perform issue deliver extend place put lend provide wage inflict pursue lead join attend finish wrap do commit slap levy express voice offer receive win convene " +
    "embark arrive go come participate renew intensify step restart break suspend deploy declare announce lodge file send maintain keep forge enjoy accept order"
  ).split(" "),
);

/** A verb under which an event noun stands, lending it its arguments. */
export interface Support {
  readonly verb: number;
  /** The noun is what the verb does ("held talks"), takes place ("talks were held", "talks began") or is set in ("during talks, he ..."). */
  readonly as: "object" | "relative" | "subject" | "setting";
}

export const SETTINGS = new Set("in during after at following before on amid for into under to".split(" "));

export function supportOf(tree: Tree, noun: number, rule: Frame | undefined): Support | undefined {
  const outer = shell(tree, noun);
  const token = tree.tokens[outer];
  if (!token) return undefined;
  let relation: string = token.relation;
  let head = token.head;
  if (relation === "conj") {
    const first = tree.tokens[token.head];
    if (first && isNominal(first)) {
      relation = first.relation;
      head = first.head;
    }
  }
  const verb = tree.tokens[head];
  const verbs = rule?.light ?? LIGHT_VERBS;
  // "the blockade that Israel maintains on Gaza", "sanctions imposed by A on B".
  for (const clause of childrenOf(tree, outer, "acl:relcl", "acl")) {
    const token = tree.tokens[clause];
    if (token && isVerb(token) && verbs.has(token.lemma) && isDoneTo(tree, clause, outer)) return { verb: clause, as: "relative" };
  }
  if (!verb || !isVerb(verb)) return undefined;
  if (relation === "obj" || relation === "iobj") return verbs.has(verb.lemma) ? { verb: head, as: "object" } : undefined;
  if (relation === "nsubj:pass") return verbs.has(verb.lemma) ? { verb: head, as: "object" } : undefined;
  if (relation === "nsubj") return { verb: head, as: "subject" };
  if (relation === "obl" || relation === "obl:agent" || relation === "advcl") {
    const cases = casesOf(tree, outer);
    const known =
      verbs.has(verb.lemma) && cases.some((word) => ["in", "into", "on", "to", "for", "with", "of", "under", "as"].includes(word));
    if (known) return { verb: head, as: "object" };
    const fronted = relation === "advcl" && cases.length === 0 && outer < head;
    return rule?.setting && (fronted || cases.some((word) => SETTINGS.has(word))) ? { verb: head, as: "setting" } : undefined;
  }
  return undefined;
}

/** Whether the clause that hangs on the noun tells what is done to it. */
function isDoneTo(tree: Tree, clause: number, noun: number): boolean {
  if (isPassive(tree, clause)) {
    const subjects = childrenOf(tree, clause, "nsubj", "nsubj:pass");
    return subjects.length === 0 || subjects.some((subject) => antecedent(tree, subject) === noun);
  }
  const objects = childrenOf(tree, clause, "obj");
  return objects.length > 0 ? objects.some((object) => antecedent(tree, object) === noun) : relativeGap(tree, clause) === noun;
}
