/** `entente serve`: the viewer and the API on a port, documents read in first where asked for. */
export interface ServeCommand {
  readonly db: string;
  readonly port: number;
  readonly host: string;
  readonly ingest?: readonly string[];
  readonly workers?: number;
  readonly knowledge: readonly string[];
}
