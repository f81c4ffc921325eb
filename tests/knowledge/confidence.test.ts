import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GROUNDS, type Ground, type Grounds, readConfidence, weigh } from "../../src/knowledge/confidence.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";

const { confidence, families } = loadKnowledge();

function grounds(family: string, given: Partial<Record<Ground, number>> = {}): Grounds {
  return { ...(Object.fromEntries(GROUNDS.map((ground) => [ground, 0])) as Record<Ground, number>), ...given, family };
}

describe("confidence", () => {
  it("is a probability, and no ground but the rule's prior raises it", () => {
    for (const { family } of families) {
      const plain = weigh(confidence, grounds(family));
      expect(plain).toBeGreaterThan(0);
      expect(plain).toBeLessThan(1);
      for (const ground of GROUNDS) {
        const more = weigh(confidence, grounds(family, { [ground]: 1 }));
        if (ground === "prior") expect(more).toBeGreaterThan(plain);
        else expect(more).toBeLessThanOrEqual(plain);
      }
    }
  });

  it("has weights for grounds and families that there are", () => {
    const known = new Set<string>([...GROUNDS, ...families.map(({ family }) => `family:${family}`)]);
    expect(Object.keys(confidence.weights).filter((name) => !known.has(name))).toEqual([]);
  });

  it("refuses a file that holds something else", () => {
    const folder = mkdtempSync(join(tmpdir(), "entente-confidence-"));
    try {
      const file = join(folder, "confidence.json");
      writeFileSync(file, '{ "bias": "high", "weights": {} }');
      expect(() => readConfidence(file)).toThrow(/confidence\.json.*bias/su);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
