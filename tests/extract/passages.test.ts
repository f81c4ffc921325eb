/** Passages of a few sentences as news has them: who is named, who is meant, and to whom a clause belongs. */
import { describe, expect, it } from "vitest";
import { claimsOf, graphOf, holds } from "./pipeline.ts";

/** Passage, wanted lines, forbidden lines. */
type Case = readonly [text: string, gives: readonly string[], not?: readonly string[]];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  "a gerund after a name belongs to the verb of saying": [
    [
      "Sudan has accused the United Arab Emirates of arming the Rapid Support Forces, a charge that Abu Dhabi denies.",
      ["Sudan > accused > United Arab Emirates", "United Arab Emirates > armed > Rapid Support Forces ~alleged"],
      ["United Arab Emirates > armed > Rapid Support Forces"],
    ],
    [
      "Maria Zakharova rebuked Armenia for hosting NATO.",
      ["Maria Zakharova > condemned > Armenia"],
      ["Maria Zakharova > hosted > NATO", "Armenia > hosted > NATO"],
    ],
  ],
  "a participle after an order is said of who orders": [
    [
      "Niger's military rulers ordered France's ambassador Sylvain Itte to leave the country, accusing Paris of interference.",
      ["Niger > accused > France"],
      ["Niger > urged > France", "Sylvain Itte > accused > France ~planned"],
    ],
  ],
  "a deed that has just been told, and who answers for it": [
    [
      "London suspended 30 licences for arms exports to Israel, a decision that Benjamin Netanyahu called shameful.",
      ["Benjamin Netanyahu > condemned > United Kingdom"],
    ],
    ["Canada slapped travel bans on Haiti, a step that France applauded.", [], ["France > praised > Haiti"]],
    ["Norway rejected as baseless the complaint that Kenya brought against it.", ["Kenya > accused > Norway"]],
    ["Putin said relations with Latvia were in ruins and blamed Riga.", ["Putin > accused > Latvia"]],
  ],
  "the government in a capital is its state's": [
    ["Norway accused the government in Nairobi on Monday.", ["Norway > accused > Kenya"]],
    ["The junta in Niamey condemned Norway.", ["Niger > condemned > Norway"]],
    ["Norway praised long-time ally Kenya on Monday.", ["Norway > praised > Kenya"]],
  ],
  "participles that are verbs, and verbs that are participles": [
    ["Venezuela on Saturday freed six American detainees, who boarded the plane.", ["Venezuela > released > United States"]],
    ["Kenya, asked for help by Norway last week, made headlines again on Monday.", ["Norway > urged > Kenya"]],
    [
      "Josep Borrell had lunch with Ayman Safadi, then headed for Cairo.",
      ["Josep Borrell > met-with > Ayman Safadi", "Josep Borrell > visited > Cairo"],
    ],
  ],
  "who is wanted to do something does it, or nobody": [
    [
      "Omar Diallo wants the council to name Kenya as the aggressor.",
      [],
      ["Omar Diallo > accused > Kenya ~planned", "Omar Diallo > accused > Kenya"],
    ],
  ],
  "a headline's comma stands for and": [
    ["Blinken, Lavrov meet in Geneva", ["Blinken > met-with > Lavrov"]],
    ["Armenia, Azerbaijan sign Washington Accord", ["Armenia > signed > Washington Accord", "Azerbaijan > signed > Washington Accord"]],
    ["Emmanuel Macron, president of France, meets Olaf Scholz", ["Emmanuel Macron > met-with > Olaf Scholz"]],
  ],
  "what is behind somebody, or where he is from, does not act for him": [
    ["Turkish-backed fighters captured Kobani.", [], ["Turkey > captured > Kobani"]],
    ["Turkish fighters captured Kobani.", ["Turkey > captured > Kobani"]],
    ["The EU blacklisted two Lebanese banks for aiding Hezbollah.", [], ["Lebanon > aided > Hezbollah"]],
  ],
  "it that was signed is the agreement": [
    [
      "Norway and Kenya reached a fisheries deal in Vienna. It was signed by Maria Lopez. Peru has vowed to block it.",
      ["Maria Lopez > signed > fisheries deal", "Peru > rejected > fisheries deal ~planned"],
      ["Maria Lopez > signed > Kenya"],
    ],
  ],
  "a title and its name are one party": [
    [
      "Ahmed Attaf held talks in Cotonou with his Beninese counterpart Olushegun Adjadi Bakari and was due to visit Abuja.",
      ["Ahmed Attaf > met-with > Olushegun Adjadi Bakari", "Ahmed Attaf > visited > Abuja ~planned"],
      ["Ahmed Attaf > visited > Abuja"],
    ],
  ],
  "two titles before a name are one person's": [
    [
      "Maria Lopez met Kenyan Deputy Prime Minister and Foreign Minister Omar Diallo in Vienna.",
      ["Maria Lopez > met-with > Omar Diallo", "Omar Diallo > leads > Kenya"],
      ["Maria Lopez > met-with > Kenya"],
    ],
    [
      "Member of the Political Bureau of the Unity Party and Minister of Foreign Affairs Omar Diallo met Maria Lopez in Vienna.",
      ["Omar Diallo > met-with > Maria Lopez"],
    ],
    ["The Kenyan foreign minister and President Omar Diallo met Maria Lopez.", ["Kenya > met-with > Maria Lopez"]],
  ],
  "where somebody is, or goes, is not what he leads": [
    ["Maria Lopez welcomed President Omar Diallo to Kenya.", ["Maria Lopez > hosted > Omar Diallo"], ["Omar Diallo > leads > Kenya"]],
    ["Maria Lopez met President Omar Diallo in Kenya.", ["Maria Lopez > met-with > Omar Diallo"], ["Omar Diallo > leads > Kenya"]],
    ["President Omar Diallo of Kenya met Maria Lopez.", ["Omar Diallo > leads > Kenya"]],
  ],
  "a communiqué's opening says who invited whom": [
    [
      "At the invitation of the President of the Republic of Peru, H.E. Maria Lopez, the President of the Republic of Kenya, H.E. Omar Diallo, paid an official visit to Peru.",
      ["Maria Lopez > invited > Omar Diallo", "Omar Diallo > visited > Peru", "Omar Diallo > leads > Kenya", "Maria Lopez > leads > Peru"],
      ["Maria Lopez > leads > Kenya", "Maria Lopez > visited > Peru"],
    ],
    [
      "At the invitation of President Maria Lopez, President of Kenya Omar Diallo visited Norway.",
      ["Maria Lopez > invited > Omar Diallo", "Omar Diallo > leads > Kenya", "Omar Diallo > visited > Norway"],
      ["Maria Lopez > leads > Kenya"],
    ],
  ],
  "the leaders are those of the last sentence": [
    [
      "Vladimir Putin spoke with President Masoud Pezeshkian. He also spoke with Prime Minister Benjamin Netanyahu. The leaders agreed to remain in contact.",
      ["Vladimir Putin > agreed-with > Benjamin Netanyahu"],
      ["Masoud Pezeshkian > agreed-with > Benjamin Netanyahu", "Masoud Pezeshkian > spoke-with > Benjamin Netanyahu"],
    ],
  ],
  "who is thanked for a mediation, not who thanks, is after its aim": [
    [
      "Maria Lopez thanked Kenya for its efforts to broker a truce between Norway and Peru.",
      ["Maria Lopez > thanked > Kenya"],
      ["Maria Lopez > brokered > truce", "Maria Lopez > brokered > truce ~planned"],
    ],
  ],
  "a later verb goes with the clause beside it": [
    [
      "Venezuela had earlier moved troops to its border after Colombian forces crossed into Ecuador and killed Raúl Reyes.",
      ["Colombia > killed > Raúl Reyes"],
      ["Venezuela > killed > Raúl Reyes"],
    ],
  ],
  "who says we in a quotation": [
    [
      '"We call on the Rapid Support Forces to return to the table," William Ruto told reporters.',
      ["William Ruto > urged > Rapid Support Forces"],
    ],
  ],
  "a role before a person with a title of his own": [
    [
      "ECOWAS suspended Mali. The bloc's mediator, former Nigerian President Goodluck Jonathan, met Assimi Goïta in Bamako.",
      ["Goodluck Jonathan > met-with > Assimi Goïta", "Goodluck Jonathan > represents > ECOWAS"],
      ["ECOWAS > met-with > Assimi Goïta"],
    ],
    [
      "Saudi Foreign Minister Prince Faisal bin Farhan thanked Kuwait.",
      ["Faisal bin Farhan > leads > Saudi Arabia"],
      ["Faisal bin Farhan > represents > Saudi Arabia"],
    ],
  ],
  "a minister who is invited is not the one who invites": [
    [
      "Foreign Minister Subrahmanyam Jaishankar of India spoke with Foreign Minister Yoshimasa Hayashi of Japan. " +
        "Minister Hayashi congratulated India on assuming the presidency and invited the Minister to visit Tokyo.",
      ["Yoshimasa Hayashi > invited > Subrahmanyam Jaishankar"],
      ["India > invited > Yoshimasa Hayashi"],
    ],
  ],
  "an agreement of one's own, and one that is only offered": [
    [
      "Turkey signed a maritime accord with Libya in November 2019. Egypt and Greece concluded their own deal in August 2020.",
      ["Turkey > signed > maritime accord"],
      ["Egypt > signed > maritime accord", "Greece > signed > maritime accord"],
    ],
    [
      "Kenya and Ethiopia signed a memorandum of understanding. Somalia rejected a deal under which Ethiopia would lease a port.",
      ["Kenya > signed > memorandum of understanding"],
      ["Somalia > rejected > memorandum of understanding"],
    ],
  ],
  "the junta is the state that it rules": [
    [
      "Mali's military ruler, Colonel Assimi Goita, ordered the mission out. Niger's junta has said nothing. António Guterres criticised the junta.",
      ["António Guterres > condemned > Niger"],
    ],
  ],
  "a possessor, a company and a topic are no subjects": [
    [
      "Kenya's former President Uhuru Kenyatta and South Africa's former deputy president Phumzile Mlambo-Ngcuka met Abiy Ahmed.",
      ["Phumzile Mlambo-Ngcuka > met-with > Abiy Ahmed"],
      ["South Africa > met-with > Abiy Ahmed"],
    ],
    [
      "Mahamat Idriss Déby flew to Jeddah for talks with King Salman, a day after Riyadh and its allies cut ties with Qatar.",
      ["Saudi Arabia > cut-ties-with > Qatar"],
      ["Mahamat Idriss Déby > cut-ties-with > Qatar"],
    ],
    [
      "Kuwait had mediated the talks between Saudi Arabia and Qatar along with the United States.",
      ["Kuwait > mediated-between > Qatar"],
      ["Kuwait > mediated-between > United States"],
    ],
  ],
  "what somebody said ends where he acts again": [
    [
      "Hun Sen said Thai shells had damaged the temple and asked the Security Council to act.",
      ["Hun Sen > urged > Security Council"],
      ["Thailand > urged > Security Council"],
    ],
    [
      "Nikos Dendias said Turkey had violated Greek airspace and that the European Union would impose sanctions.",
      [],
      ["Nikos Dendias > accused > European Union"],
    ],
    [
      "The launch over the sea prompted Shinzo Abe to speak with Donald Trump.",
      ["Shinzo Abe > spoke-with > Donald Trump"],
      ["Shinzo Abe > spoke-with > Donald Trump ~planned"],
    ],
  ],
  "who held an office then, and whose ministers they are": [
    [
      "India raised concerns after a submarine docked in Sri Lanka under then president Mahinda Rajapaksa.",
      [],
      ["Mahinda Rajapaksa > leads > Sri Lanka"],
    ],
    [
      "The foreign ministers of Rwanda and Congo, Olivier Nduhungirehe and Therese Kayikwamba Wagner, signed the Doha Accord.",
      ["Olivier Nduhungirehe > leads > Rwanda", "Therese Kayikwamba Wagner > leads > DR Congo"],
      ["Olivier Nduhungirehe > leads > DR Congo"],
    ],
  ],
  "the two delegations are those of the talks": [
    [
      "Washington eased sanctions. The United States thanked Mexico. Gustavo Petro hosted the two delegations in Paris.",
      [],
      ["Gustavo Petro > hosted > Mexico", "Gustavo Petro > hosted > United States"],
    ],
  ],
  "a visit is that of whom it is by": [
    [
      "Vietnam and the Philippines signed a trade pact during a state visit to Hanoi by President Ferdinand Marcos Jr.",
      ["Vietnam > signed > trade pact"],
      ["Vietnam > visited > Hanoi", "Philippines > visited > Hanoi"],
    ],
    [
      "Hun Sen became the first foreign leader to visit Naypyitaw.",
      ["Hun Sen > visited > Naypyitaw"],
      ["Hun Sen > visited > Naypyitaw ~planned"],
    ],
  ],
};

describe.each(Object.entries(CASES))("%s", (_name, cases) => {
  it.each(cases)("%s", (text, gives, not = []) => {
    const claims = claimsOf(text);
    for (const wanted of gives) expect(claims, `missing ${wanted}`).toSatisfy((all: string[]) => holds(all, wanted));
    for (const wrong of not) expect(claims, `not ${wrong}`).not.toSatisfy((all: string[]) => holds(all, wrong));
  });
});

describe("names", () => {
  it.each([
    ["Presidential spokesman Salvador Panelo thanked Washington.", ["person: Salvador Panelo"], ["state: El Salvador"]],
    ["Jordan Bardella criticised Emmanuel Macron.", ["person: Jordan Bardella"], ["state: Jordan"]],
    [
      "The Coordination des Mouvements de l'Azawad (CMA) left the talks. The CMA gave no reason.",
      ["organization: Coordination des Mouvements de l'Azawad"],
      ["organization: CMA", "organization: Coordination of Azawad Movements"],
    ],
    ["India and Japan signed the Acquisition and Cross-Servicing Agreement.", ["agreement: Acquisition and Cross-Servicing Agreement"], []],
    ["Peru froze the assets of Myanma Oil and Gas Enterprise.", ["organization: Myanma Oil and Gas Enterprise"], ["state: Myanmar"]],
    [
      "Under Plan Colombia, Washington gave aid.",
      ["state: Colombia"],
      ["organization: Plan", "organization: People's Liberation Army Navy"],
    ],
    [
      "The step was welcomed, she wrote on X. US diplomats agreed with her view on the matter.",
      ["state: United States"],
      ["organization: X."],
    ],
    [
      "Qatari Minister of State for Foreign Affairs Ahmed bin Abdullah Al Mahmoud thanked Chad. In May Bashar was killed.",
      ["person: Ahmed bin Abdullah Al Mahmoud"],
      ["person: May Bashar", "person: Foreign Affairs Ahmed bin Abdullah Al Mahmoud"],
    ],
    [
      "Baghdad banned the Kurdistan Workers' Party (PKK). Turkey has fought the PKK for decades.",
      ["organization: Kurdistan Workers' Party"],
      ["organization: PKK"],
    ],
    [
      "Pakistani Foreign Minister Shah Mahmood Qureshi met Prime Minister Sheikh Hasina. Sheikh Abdullah met Pope Francis.",
      ["person: Shah Mahmood Qureshi", "person: Sheikh Hasina", "person: Abdullah", "person: Francis"],
      [],
    ],
    ["The rebel leader, Hemedti, thanked Chad.", ["person: Hemedti"], []],
    ["MAPUTO, July 9, 2021 (Lusa) - Rwanda will send 1,000 soldiers.", ["place: Maputo", "state: Rwanda"], ["place: Lusa"]],
  ] as const)("%s", (text, wanted, unwanted) => {
    const entities = graphOf(text).entities.map(({ kind, name }) => `${kind}: ${name}`);
    expect(entities).toEqual(expect.arrayContaining([...wanted]));
    for (const one of unwanted) expect(entities).not.toContain(one);
  });
});
