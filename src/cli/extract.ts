/** `entente extract`: what documents say, as JSON on standard output, without a store. */
import { findFiles, loadFile } from "../ingest/files.ts";
import { process as readAndExtract, unprocessed } from "../ingest/process.ts";
import { documentRecord } from "../ingest/record.ts";
import { loadKnowledge } from "../knowledge/knowledge.ts";
import { KnownError } from "../model/errors.ts";
import { loadReader } from "../nlp/reader.ts";
import { EXIT, type ExitCode, notePassedOver, print, report } from "./terminal.ts";

/** Prints one object for all documents, in the order given, one document a line; files that cannot be read are reported and left out. */
export async function extractFiles(paths: readonly string[], knowledgeFolders: readonly string[]): Promise<ExitCode> {
  const knowledge = loadKnowledge(knowledgeFolders);
  const reader = loadReader();
  const { files, passedOver, errors } = findFiles(paths);
  let code: ExitCode = EXIT.ok;
  const fail = (error: KnownError) => {
    report(error);
    code = EXIT.someFailed;
  };
  errors.forEach(fail);
  notePassedOver(passedOver);
  await print('{"documents":[');
  let separator = "\n";
  for (const file of files) {
    try {
      const { source, graph } = readAndExtract(loadFile(file), file === "-" ? "stdin" : file, knowledge, reader);
      await print(separator + JSON.stringify(documentRecord(source, graph)));
      separator = ",\n";
    } catch (error) {
      fail(error instanceof KnownError ? error : unprocessed(file, error));
    }
  }
  await print("\n]}\n");
  return code;
}
