/** Makes many articles of about 400 words out of the paragraphs of the sample and the hand-marked documents; the same for the same number. */
import { readdirSync, readFileSync } from "node:fs";
import { readText } from "../../src/read/read.ts";
import { randomNumbers } from "./graph.ts";

export interface Article {
  readonly name: string;
  readonly text: string;
}

const WORDS_AN_ARTICLE = 400;

export function countWords(text: string): number {
  return text.match(/\S+/gu)?.length ?? 0;
}

export function* makeArticles(number: number): Generator<Article, undefined, undefined> {
  const paragraphs = sampleParagraphs();
  const random = randomNumbers(11);
  for (let index = 0; index < number; index++) {
    const month = String(1 + Math.floor(random() * 12)).padStart(2, "0");
    const day = String(1 + Math.floor(random() * 28)).padStart(2, "0");
    const chosen: string[] = [];
    for (let words = 0; words < WORDS_AN_ARTICLE; ) {
      const paragraph = paragraphs[Math.floor(random() * paragraphs.length)] ?? "";
      chosen.push(paragraph);
      words += countWords(paragraph);
    }
    const name = `article-${String(index).padStart(6, "0")}`;
    const preamble = `---\nid: ${name}\ntitle: Report ${index}\ndate: 20${10 + (index % 15)}-${month}-${day}\nsource: Made Wire\n---\n\n`;
    yield { name, text: `${preamble}${chosen.join("\n\n")}\n` };
  }
}

function sampleParagraphs(): string[] {
  const gold = new URL("../gold/", import.meta.url);
  const texts = readdirSync(gold)
    .filter((file) => file.endsWith(".json"))
    .map((file) => (JSON.parse(readFileSync(new URL(file, gold), "utf8")) as { text: string }).text);
  texts.push(readFileSync(new URL("../../seeds/000_69dfcfd1fc353171.txt", import.meta.url), "utf8"));
  return texts.flatMap((text) =>
    readText(text, "sample")
      .blocks.filter((block) => block.kind === "paragraph")
      .map((block) => text.slice(block.start, block.end)),
  );
}
