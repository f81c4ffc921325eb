export default function QueryPanel({ statement }: { readonly statement: string }) {
  return <pre>{statement}</pre>;
}
