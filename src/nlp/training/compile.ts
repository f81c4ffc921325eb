/** Compiles kernel.as (AssemblyScript) to kernel.wasm. */
import { readFileSync } from "node:fs";
import asc from "assemblyscript/asc";

/** The WebAssembly module built from src/nlp/kernel.as; throws with the compiler's report when it does not compile. */
export async function compileKernel(): Promise<Uint8Array> {
  const source = readFileSync(new URL("../../../src/nlp/kernel.as", import.meta.url), "utf8");
  let output: Uint8Array | undefined;
  const options = ["kernel.ts", "--outFile", "kernel.wasm", "--runtime", "stub", "--importMemory", "--enable", "simd", "-O3", "--noAssert"];
  const { error } = await asc.main(options, {
    readFile: (name: string) => (name === "kernel.ts" ? source : null),
    writeFile: (name: string, contents: Uint8Array | string) => {
      if (name === "kernel.wasm" && typeof contents !== "string") output = contents;
    },
    listFiles: () => [],
  });
  if (error || !output) throw new Error(`kernel.as does not compile: ${error?.message ?? "no output"}`);
  return output;
}
