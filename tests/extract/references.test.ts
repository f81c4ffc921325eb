/** Whom pronouns, roles, groups and kinds mean in passages of a few sentences: what is safe, and its neighbour that is not. */
import { describe, expect, it } from "vitest";
import { claimsOf, graphOf, holds } from "./pipeline.ts";

/** Passage, wanted lines, forbidden lines, the document's date. */
type Case = readonly [text: string, gives: readonly string[], not?: readonly string[], date?: string];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  "a pronoun is no other argument of its verb": [
    [
      "Alberto Fernandez received Luis Lacalle Pou, and the latter thanked him warmly.",
      ["Luis Lacalle Pou > thanked > Alberto Fernandez"],
      ["Luis Lacalle Pou > thanked > Luis Lacalle Pou"],
    ],
    [
      "Yoweri Museveni received William Ruto in Entebbe, and the former thanked the latter.",
      ["Yoweri Museveni > thanked > William Ruto"],
      ["William Ruto > thanked > Yoweri Museveni"],
    ],
  ],
  "they are the group named last": [
    [
      "Finland and Sweden accept that Hamas is a terrorist group and they will also lift arms embargoes on Turkey.",
      ["Finland > eased-sanctions-on > Turkey ~planned", "Sweden > eased-sanctions-on > Turkey ~planned"],
      ["Hamas > eased-sanctions-on > Turkey ~planned"],
    ],
    [
      "Moussa Faki pressed Salva Kiir and Riek Machar to compromise. António Guterres thanked them.",
      ["António Guterres > thanked > Salva Kiir", "António Guterres > thanked > Riek Machar"],
    ],
    [
      "Kenya and Uganda sent troops to Goma. Experts say they attacked Rwanda.",
      [],
      ["Kenya > attacked > Rwanda", "Uganda > attacked > Rwanda"],
    ],
  ],
  "the two are whom the text is about": [
    [
      "Peru and Ecuador signed the Brasilia Accord. It was guaranteed by Argentina and Chile. The two countries had fought a war in 1995.",
      ["Peru > attacked > Ecuador @1995"],
      ["Argentina > attacked > Chile"],
    ],
    [
      "Gabriel Boric thanked Luis Arce. The two men signed the Arica Declaration.",
      ["Gabriel Boric > signed > Arica Declaration", "Luis Arce > signed > Arica Declaration"],
    ],
    [
      "The Lakeland Front and the Volta Union signed the Accra Accord. Togo and Benin watched. Ghana urged both sides to disarm.",
      ["Ghana > urged > Lakeland Front", "Ghana > urged > Volta Union"],
      ["Ghana > urged > Togo", "Ghana > urged > Benin"],
    ],
  ],
  "the two that a text opens with": [
    [
      "Burundi closed its border with Rwanda on Thursday. Evariste Ndayishimiye spoke in Gitega. Tanzania urged the two neighbours to talk.",
      ["Tanzania > urged > Burundi", "Tanzania > urged > Rwanda"],
    ],
    [
      "Burundi closed its border with Rwanda and Uganda. Evariste Ndayishimiye spoke in Gitega. Tanzania urged the two neighbours to talk.",
      [],
      ["Tanzania > urged > Burundi"],
    ],
    [
      "L.K. Advani, the home minister of India, told the Lok Sabha of an attack. Pervez Musharraf, the president of Pakistan, condemned it. Colin Powell telephoned both leaders.",
      [],
      ["Colin Powell > spoke-with > L.K. Advani"],
    ],
  ],
  "each president of his own state": [
    [
      "The Presidents of Paraguay, Nicanor Duarte, and of Bolivia, Eduardo Rodriguez, met in Asuncion. Both Presidents thanked Argentina.",
      [
        "Nicanor Duarte > leads > Paraguay",
        "Eduardo Rodriguez > leads > Bolivia",
        "Nicanor Duarte > thanked > Argentina",
        "Eduardo Rodriguez > thanked > Argentina",
      ],
      ["Nicanor Duarte > leads > Bolivia"],
    ],
    ["Dragan Sutanovac of the Lakeland Party criticised Serbia. Its leader, Boris Tadic, resigned.", [], ["Boris Tadic > leads > Serbia"]],
  ],
  "a counterpart is of the state said": [
    [
      "Sergei Lavrov met his Turkish counterpart in Antalya.",
      ["Sergei Lavrov > met-with > Turkey"],
      ["Sergei Lavrov > met-with > Sergei Lavrov"],
    ],
    [
      "Mevlut Cavusoglu, the Turkish foreign minister, was in Sochi. Sergei Lavrov, the Russian foreign minister, thanked his Turkish host.",
      ["Sergei Lavrov > thanked > Mevlut Cavusoglu"],
      ["Sergei Lavrov > thanked > Turkey"],
    ],
  ],
  "the holder of an office on that day": [
    [
      "The Turkish president flew to Baku. Ilham Aliyev thanked Recep Tayyip Erdogan.",
      ["Recep Tayyip Erdogan > visited > Baku"],
      [],
      "2021-03-05",
    ],
    ["President Reagan met Mr. Duarte. The United States aided El Salvador.", ["Reagan > leads > United States"], [], "1987-08-08"],
    ["President Reagan met Mr. Duarte. The United States aided El Salvador.", [], ["Reagan > leads > United States"], "2007-08-08"],
    ["Foreign Minister Edward Nalbandyan thanked Turkey. Armenia signed.", ["Edward Nalbandyan > leads > Armenia"], [], "2009-10-11"],
  ],
  "a state by its sort": [
    ["Saudi Arabia cut ties with Qatar. Oman accused the emirate.", ["Oman > accused > Qatar"], ["Oman > accused > Saudi Arabia"]],
    ["Niger expelled the French ambassador. France condemned the West African country.", ["France > condemned > Niger"]],
    ["Mali and Niger met. France condemned the West African country.", [], ["France > condemned > Niger", "France > condemned > Mali"]],
    ["Turkey invaded Cyprus in 1974. Turkey has kept troops on the island since.", ["Turkey > deployed-to > Cyprus"]],
  ],
  "a state by its government": [
    ["Colombia's government met the FARC. Norway thanked the government.", ["Norway > thanked > Colombia"], ["Norway > thanked > FARC"]],
    [
      "NAIROBI, May 3 (Reuters) - Kenya closed its border with Somalia. The government accused Mogadishu of arming militants. Kenya recalled its envoy.",
      ["Kenya > accused > Somalia"],
    ],
    [
      "GENEVA, May 3 (Reuters) - Syria and Turkey held talks. The government condemned Iran.",
      [],
      ["Syria > condemned > Iran", "Switzerland > condemned > Iran"],
    ],
    [
      "The rebels formed a new cabinet. Morocco and Libya met. Spain backed the new cabinet.",
      [],
      ["Spain > supported > Morocco", "Spain > supported > Libya"],
    ],
  ],
  "it is the agreement where a text is signed or judged": [
    ["Four ministers reached the Lima Accord. The senator Jorge Silva voted against it.", ["Jorge Silva > rejected > Lima Accord"]],
    [
      "Georgia quit the Sochi Agreement. Russia condemned Georgia and will attack it.",
      ["Russia > attacked > Georgia ~planned"],
      ["Russia > attacked > Sochi Agreement ~planned"],
    ],
  ],
  "an agreement of another year is another": [
    [
      "Serbia and Kosovo signed the Ohrid Agreement. Serbia has rejected the 2013 deal.",
      ["Serbia > rejected > 2013 deal"],
      ["Serbia > rejected > Ohrid Agreement"],
    ],
    ["Chad and Sudan signed a Qatari-mediated deal on Friday. The Doha Accord ends a war.", ["Qatar > brokered > Doha Accord"]],
  ],
  "what is said in a quotation is of what is said": [
    [
      '"It violates the treaty of 1994," said Yolande Makolo, the spokeswoman of Rwanda. Burundi closed the border.',
      [],
      ["Yolande Makolo > accused > Rwanda", "Rwanda > violated > treaty of 1994"],
    ],
  ],
  "its leader is a body's": [
    [
      "The Houthis hit a ship. Yemen's government condemned the group. Its leader, Abdul-Malik al-Houthi, threatened Israel.",
      ["Abdul-Malik al-Houthi > leads > Houthis"],
      ["Abdul-Malik al-Houthi > leads > Yemen"],
    ],
  ],
  "whose names they put to it": [
    [
      "Tony Blair and Bertie Ahern, prime ministers of Britain and Ireland, put their names to the Belfast Agreement.",
      ["Tony Blair > signed > Belfast Agreement", "Bertie Ahern > signed > Belfast Agreement"],
      ["United Kingdom > signed > Belfast Agreement"],
    ],
  ],
  "which and who": [
    [
      "Police said Uganda, whose troops crossed the border and which Kenya accuses of arming rebels, had apologised.",
      ["Kenya > accused > Uganda"],
    ],
    ["A summit in Paris, which condemned Russia, ended on Sunday.", [], ["France > condemned > Russia"]],
  ],
};

describe("names", () => {
  it.each([
    ["Two rebel groups, MPIGO and MJP, thanked Peru.", ["organization: MPIGO", "organization: MJP"], ["place: MJP"]],
    ["Burundi accused rebels of the KRESA-Tabo group of killing 20 people.", ["organization: KRESA-Tabo"], ["place: KRESA-Tabo"]],
    ["Pakistan freed the captured Indian pilot Abhinandan Varthaman.", ["person: Abhinandan Varthaman"], []],
    ["India blamed the Pakistan-based Lashkar-e-Taiba.", ["organization: Lashkar-e-Taiba"], ["place: Lashkar"]],
    ["Fred Mitchell of the Bahamas and K.D. Knight of Jamaica met Roger Noriega.", ["person: K.D. Knight"], []],
    ["The destroyer Thomas Hudner shot down drones near Yemen.", ["state: Yemen"], ["person: Thomas Hudner"]],
    ["Azerbaijan's Foreign Ministry criticised Turkey.", ["state: Azerbaijan"], ["organization: Foreign Ministry"]],
    ["The Bosnian Serb leader, Radovan Karadzic, spoke.", ["person: Radovan Karadzic"], ["state: Serbia"]],
    ["Shah Mehmood Qureshi thanked China.", ["person: Shah Mehmood Qureshi"], ["person: Mehmood Qureshi"]],
    ["Syria would withdraw from the Geneva climate accord.", ["agreement: Geneva climate accord"], ["place: Geneva"]],
  ] as const)("%s", (text, wanted, unwanted) => {
    const entities = graphOf(text).entities.map(({ kind, name }) => `${kind}: ${name}`);
    expect(entities).toEqual(expect.arrayContaining([...wanted]));
    for (const one of unwanted) expect(entities).not.toContain(one);
  });
});

describe.each(Object.entries(CASES))("%s", (_, cases) => {
  it.each(cases)("%s", (text, gives, not = [], date) => {
    const claims = claimsOf(text, date);
    expect(gives.filter((wanted) => !holds(claims, wanted))).toEqual([]);
    expect(not.filter((unwanted) => holds(claims, unwanted))).toEqual([]);
  });
});
