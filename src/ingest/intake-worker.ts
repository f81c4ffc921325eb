/** The body of the thread that takes documents in for a server. */
import { parentPort, workerData } from "node:worker_threads";
import { loadKnowledge } from "../knowledge/knowledge.ts";
import { KnownError } from "../model/errors.ts";
import type { FromIntakeWorker, IntakeWorkerData } from "./intake.ts";
import { makeTaker, type Submission } from "./taker.ts";

const { file, knowledgeFolders, prepared } = workerData as IntakeWorkerData;
const taker = makeTaker(file, loadKnowledge(knowledgeFolders));

parentPort?.on("message", (submission: Submission) => {
  let message: FromIntakeWorker;
  try {
    message = { taken: taker.take(submission) };
  } catch (error) {
    if (error instanceof KnownError) message = { known: error.parts };
    else message = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage(message);
});
if (prepared) taker.prepare();
