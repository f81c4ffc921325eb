/** Sentences whose trees and names the extraction rules stand on, read with the shipped weights. */
import { expect, test } from "vitest";
import { loadReader } from "../../src/nlp/reader.ts";

const reader = loadReader();

/** Arcs as "dependent relation head" (heads that serve alike set apart by "|"), the root as "word root"; names as "words/label". */
function read(sentence: string): { arcs: Set<string>; names: Set<string> } {
  const words = sentence.split(" ");
  const reading = reader.read(words);
  const arcs = words.map((word, i) => {
    const head = reading.heads[i] as number;
    return head < 0 ? `${word} root` : `${word} ${reading.relations[i]} ${words[head]}`;
  });
  const names = reading.names.map((name) => `${words.slice(name.first, name.last).join(" ")}/${name.label}`);
  return { arcs: new Set(arcs), names: new Set(names) };
}

const CASES: readonly { sentence: string; arcs: readonly string[]; names: readonly string[] }[] = [
  {
    sentence:
      "Russian President Vladimir Putin informed President Recep Tayyip Erdoğan of Moscow 's trilateral meeting held with Azerbaijan and Armenia over Nagorno - Karabakh during a phone call Wednesday .",
    arcs: [
      "informed root",
      "Vladimir nsubj informed",
      "Putin flat Vladimir",
      "Recep obj informed",
      "held acl meeting",
      "Azerbaijan obl held",
      "Armenia conj Azerbaijan",
      "of case meeting",
    ],
    names: ["Vladimir Putin/person", "Recep Tayyip Erdoğan/person", "Azerbaijan/place", "Armenia/place"],
  },
  {
    sentence:
      "The two countries signed a Russia - brokered agreement on Nov. 10 to end the fighting and work toward a comprehensive resolution .",
    arcs: [
      "signed root",
      "countries nsubj signed",
      "agreement obj signed",
      "brokered amod agreement",
      "10 obl signed",
      "on case 10",
      "work conj end",
      "fighting obj end",
    ],
    names: ["Russia/place"],
  },
  {
    sentence: "A ceasefire mediated by Qatar and Egypt was signed by Israel and Hamas in Doha on Wednesday .",
    arcs: [
      "signed root",
      "ceasefire nsubj:pass signed",
      "mediated acl ceasefire",
      "Qatar obl:agent mediated",
      "Egypt conj Qatar",
      "Israel obl:agent signed",
      "Hamas conj Israel",
      "Doha obl signed",
      "Wednesday obl signed",
    ],
    names: ["Qatar/place", "Egypt/place", "Israel/place", "Hamas/organization", "Doha/place"],
  },
  {
    sentence:
      "Iran 's foreign minister , Abbas Araghchi , who met his Saudi counterpart in Jeddah last week , accused Israel of sabotaging the nuclear deal .",
    arcs: [
      "accused root",
      "minister nsubj accused",
      "Iran nmod:poss minister",
      "Abbas appos minister",
      "Araghchi flat Abbas",
      "met acl:relcl minister|Abbas",
      "counterpart obj met",
      "Jeddah obl met",
      "Israel obj accused",
      "sabotaging advcl accused",
      "deal obj sabotaging",
    ],
    names: ["Iran/place", "Abbas Araghchi/person", "Jeddah/place", "Israel/place"],
  },
  {
    sentence: "Talks between the Taliban and the Afghan government , hosted by Qatar , collapsed on Sunday .",
    arcs: [
      "collapsed root",
      "Talks nsubj collapsed",
      "Taliban nmod Talks",
      "government conj Taliban",
      "between case Taliban",
      "hosted acl Talks",
      "Qatar obl:agent hosted",
      "Sunday obl collapsed",
    ],
    names: ["Taliban/organization", "Qatar/place"],
  },
];

test.each(CASES)("$sentence", ({ sentence, arcs, names }) => {
  const found = read(sentence);
  const has = (arc: string) => {
    const [start, ...others] = arc.split("|") as [string, ...string[]];
    return [start, ...others.map((head) => start.replace(/\S+$/, head))].some((one) => found.arcs.has(one));
  };
  expect(arcs.filter((arc) => !has(arc))).toEqual([]);
  expect(names.filter((name) => !found.names.has(name))).toEqual([]);
});
