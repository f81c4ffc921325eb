/**
 * What a page's own thread did, from Chromium's trace: processor time, so that other programs and a graphics card in software count for
 * nothing. The page sets marks (`performance.mark`); what is measured lies between them.
 */
import type { Browser, Page } from "playwright-core";

interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the clock, and of the thread's processor time; `dur` and `tdur` of what has a length. */
  readonly ts: number;
  readonly tts?: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/** What Chromium calls the running of a page's scripts. */
const SCRIPT = new Set([
  "EvaluateScript",
  "v8.evaluateModule",
  "v8.compileModule",
  "FunctionCall",
  "FireAnimationFrame",
  "TimerFire",
  "RunMicrotasks",
  // After what is no script itself, such as an answer that came.
  "BlinkScheduler_PerformMicrotaskCheckpoint",
  "EventDispatch",
]);

export interface Metered {
  /** Milliseconds of JavaScript between two marks, in processor time; from the page's start or to the end where a mark is left out. */
  script(from?: string, to?: string): number;
  /** Milliseconds of all that the page's thread did between two marks, in processor time. */
  busy(from: string, to: string): number;
  /** Milliseconds between two marks, by the clock. */
  clock(from: string, to: string): number;
  /** The longest single task between two marks in milliseconds of processor time. */
  longest(from: string, to: string): number;
}

/** @throws Error where the page never set a mark that is asked for */
export async function metered(browser: Browser, page: Page, work: () => Promise<void>): Promise<Metered> {
  await browser.startTracing(page, { categories: ["devtools.timeline", "blink.user_timing", "v8", "toplevel"] });
  await work();
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
  const marks = traceEvents.filter(({ cat, tts }) => cat.includes("blink.user_timing") && tts !== undefined);
  const threads = new Set(marks.filter(({ name }) => name.startsWith("entente ")).map(({ pid, tid }) => `${pid} ${tid}`));
  const events = traceEvents.filter(({ pid, tid, tts }) => tts !== undefined && threads.has(`${pid} ${tid}`));
  const at = (name: string): TraceEvent => {
    const mark = marks.find((each) => each.name === `entente ${name}`);
    if (!mark) throw new Error(`the page set no mark "entente ${name}"`);
    return mark;
  };
  const between = (list: readonly TraceEvent[], from: string | undefined, to: string | undefined) => {
    const [first, last] = [from === undefined ? 0 : (at(from).tts ?? 0), to === undefined ? Infinity : (at(to).tts ?? 0)];
    return list
      .map(({ tts = 0, tdur = 0 }) => ({ from: Math.max(tts, first), to: Math.min(tts + tdur, last) }))
      .filter((span) => span.to > span.from)
      .toSorted((a, b) => a.from - b.from);
  };
  return {
    script(from, to) {
      // Functions run within functions: what is counted is when any does.
      let [sum, until] = [0, 0];
      for (const span of between(
        events.filter(({ name }) => SCRIPT.has(name)),
        from,
        to,
      )) {
        sum += Math.max(0, span.to - Math.max(span.from, until));
        until = Math.max(until, span.to);
      }
      return sum / 1000;
    },
    busy: (from, to) => ((at(to).tts ?? 0) - (at(from).tts ?? 0)) / 1000,
    clock: (from, to) => (at(to).ts - at(from).ts) / 1000,
    longest: (from, to) =>
      Math.max(
        0,
        ...between(
          events.filter(({ name }) => name === "ThreadControllerImpl::RunTask" || name === "RunTask"),
          from,
          to,
        ).map((span) => (span.to - span.from) / 1000),
      ),
  };
}
