/** Whom pronouns, roles, groups and kinds mean in passages of a few sentences: what is safe, and its neighbour that is not. */
import { describe, expect, it } from "vitest";
import { claimsOf, graphOf, holds } from "./pipeline.ts";

/** Passage, wanted lines, forbidden lines, the document's date. */
type Case = readonly [text: string, gives: readonly string[], not?: readonly string[], date?: string];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  "both on its own": [
    ["Norway and Kenya blame each other. Peru asked both to talk.", ["Peru > urged > Norway", "Peru > urged > Kenya"]],
    ["Norway and Kenya blame each other. Peru asked both Chile and Ecuador to talk.", ["Peru > urged > Chile"], ["Peru > urged > Norway"]],
  ],
  "whose office, whose clause": [
    ["Omar Diallo (Norway) met Maria Lopez.", ["Omar Diallo > represents > Norway"]],
    ["Two members of the Norwegian Popular Front, Omar Diallo and Ana Rojas, left.", [], ["Omar Diallo > leads > Norwegian Popular Front"]],
    ["Omar Diallo (Norwegian) met Maria Lopez.", [], ["Omar Diallo > represents > Norway"]],
    [
      "They were led by the chief negotiators, Omar Diallo for Norway and Peter Otieno for Kenya.",
      ["Omar Diallo > represents > Norway", "Peter Otieno > represents > Kenya"],
    ],
    [
      "Kenya's Omar Diallo, his Peruvian counterpart Ana Rojas and Pedro Soto of Chile left.",
      ["Omar Diallo > represents > Kenya"],
      ["Omar Diallo > leads > Peru"],
    ],
    ["Omar Diallo for Norway was a gift.", [], ["Omar Diallo > represents > Norway"]],
    [
      "Ana Rojas met the head of the United Nations Mission in Liberia (UNMIL), Omar Diallo, who praised Peru.",
      ["Omar Diallo > leads > United Nations Mission in Liberia", "Omar Diallo > praised > Peru"],
    ],
    [
      "The Popular Alliance wants Omar Diallo to scrap a pact on fisheries that Norway and Peru signed in 2000, and accuses him of cowardice.",
      ["Popular Alliance > accused > Omar Diallo"],
      ["Norway > accused > Omar Diallo"],
    ],
  ],
  "capitals of respect, clubs and honorifics": [
    ["Kenya thanked the Albanian Government.", ["Kenya > thanked > Albania"]],
    ["Kenya called on Member States to pay. Peru thanked the Government of Albania.", ["Peru > thanked > Albania"], ["urged"]],
    ["Real Madrid signed the Doha Accord.", [], ["Spain > signed > Doha Accord"]],
    ["Madrid signed the Doha Accord.", ["Spain > signed > Doha Accord"]],
    ["At the invitation of H.E. Sheikh Hasina, Narendra Modi flew to Dhaka.", ["Sheikh Hasina > invited > Narendra Modi"]],
    ["Begum Khaleda Zia met Hassan Nasrallah.", ["Khaleda Zia > met-with > Hassan Nasrallah"]],
  ],
  "an agreement of another name or sort": [
    [
      "Romania joined the Warsaw Pact. China and Japan put their names to a treaty of peace that had been six years in the making.",
      [],
      ["China > signed > Warsaw Pact"],
    ],
    [
      "Peace is near in Juba. The deal, mediated by IGAD, calls for elections. A cease-fire signed in January collapsed. John Kerry welcomed the accord.",
      [],
      ["John Kerry > supported > cease-fire signed in January"],
    ],
    ["India signed the Dhaka Accord. Kenya opposed the draft Teesta agreement.", [], ["Kenya > rejected > Dhaka Accord"]],
    ["India signed the Dhaka Accord. Kenya opposed the agreement.", ["Kenya > rejected > Dhaka Accord"]],
    ["The Council adopted Resolution 2440. NATO monitors the ceasefire of 1991.", [], ["NATO > monitors > Resolution 2440"]],
    [
      "Norway signed an agreement with Kenya that ends a dispute. Chile met Peru. They spoke of money. Peru and Chile discussed the Pacific Pact.",
      [],
      ["Norway > signed > Pacific Pact"],
    ],
    ["Guyana signed the Argyle Declaration. Peru branded that a threat.", [], ["Peru > rejected > Argyle Declaration"]],
  ],
  "an official who was named, and one who was not": [
    ["The President of the Republic of Cape Verde, Pedro Pires, thanked Peru.", ["Pedro Pires > leads > Cape Verde"]],
    ["Mrs Thatcher told Mr Gorbachev, when he stopped at Brize Norton, that she would leave.", [], ["Thatcher > visited > Brize Norton"]],
    [
      "Finland has a free trade agreement with Peru. Finland welcomed the treaty that Ronald Reagan and Mikhail Gorbachev signed on Tuesday.",
      [],
      ["Ronald Reagan > signed > free trade agreement"],
    ],
    [
      "Peru's Martín Vizcarra spoke. Alberto Fujimori, then Peru's president, left.",
      ["Alberto Fujimori > leads > Peru"],
      ["Martín Vizcarra > leads > Peru"],
      "2020-02-02",
    ],
    [
      "Jake Sullivan met with Director of the Office of the Foreign Affairs Commission Wang Yi.",
      ["Jake Sullivan > met-with > Wang Yi", "Wang Yi > leads > Office of the Foreign Affairs Commission"],
    ],
    [
      "Yugoslavia's new president, the novelist Dobrica Cosic, met John Major.",
      ["Dobrica Cosic > leads > Yugoslavia", "Dobrica Cosic > met-with > John Major"],
    ],
    [
      "Brazil's foreign minister, Celso Amorim, spoke. Brazil would have recalled its envoy.",
      ["Celso Amorim > leads > Brazil"],
      ["Celso Amorim > represents > Brazil"],
    ],
    [
      "Joko Widodo flew to Moscow. Russia was pleased. He took a letter from President Zelenskyy to President Putin.",
      [],
      ["Zelenskyy > leads > Russia"],
      "2022-10-15",
    ],
    [
      "The European Union met. Lithuania has asked Frontex for help, and the agency will deploy officers to Lithuania.",
      ["Frontex > deployed-to > Lithuania ~planned"],
      ["European Union > deployed-to > Lithuania ~planned"],
    ],
  ],
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
  "a body goes by the last word of its name, a state by its half": [
    ["The Security Council met on Monday. The Council urged Morocco to leave.", ["Security Council > urged > Morocco"]],
    [
      "North Korea and South Korea held talks. The North accused the South of lying.",
      ["North Korea > accused > South Korea"],
      ["South Korea > accused > North Korea"],
    ],
    ["North Korea shelled the island. The north of Italy was calm, and Italy praised the north.", [], ["Italy > praised > North Korea"]],
    ["Peru's security service detained Omar Diallo.", ["Peru > detained > Omar Diallo"]],
    ["Peru's bus service praised Omar Diallo.", [], ["Peru > praised > Omar Diallo"]],
    [
      "Iran freed two French citizens, Claire Dubois and Paul Martin.",
      ["Iran > released > Claire Dubois", "Iran > released > Paul Martin"],
    ],
    [
      "Peru and Chile quarrelled. Brazil will host talks between them.",
      ["Brazil > hosted > Peru ~planned", "Brazil > hosted > Chile ~planned"],
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
  "who says it is none of the two": [
    [
      "Sadyr Japarov thanked Emomali Rahmon. Envoy Pekka Niemi said on Monday that Peter Malinen would call both men.",
      [],
      ["Peter Malinen > spoke-with > Pekka Niemi ~planned"],
    ],
    [
      "THE HAGUE/BEIJING - Manila welcomed the award against China. The United States urged both parties to obey it.",
      [],
      ["United States > urged > Netherlands"],
    ],
  ],
  "a counterpart, a task force of its own": [
    [
      "Choguel Maiga is prime minister of Mali. Florence Parly warned her counterpart, Colonel Sadio Camara, that it would fail.",
      ["Florence Parly > warned > Sadio Camara"],
      ["Florence Parly > warned > Choguel Maiga"],
    ],
    [
      "Finland left the OSCE. In January, Finland joined the Central Asia working group set up by Italy.",
      [],
      ["Finland > joined > OSCE", "Italy > established > OSCE"],
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
  "an official is the one named who is from there": [
    [
      "Peter Szijjarto of Hungary met Sergei Aleinik of Belarus in Minsk. The Hungarian diplomat criticised the EU. His Belarusian opposite number thanked him.",
      ["Peter Szijjarto > condemned > EU", "Sergei Aleinik > thanked > Peter Szijjarto"],
      ["Hungary > condemned > EU", "Peter Szijjarto > represents > Hungary !negated"],
    ],
    [
      "Foreign Minister Jose Silva of Peru and Defence Minister Ana Rojas of Peru met Pedro Diaz of Chile. The Peruvian minister thanked Chile.",
      [],
      ["Jose Silva > thanked > Chile", "Ana Rojas > thanked > Chile"],
    ],
    ["Peru signed the Lima Accord. The Peruvian minister thanked Chile.", ["Peru > thanked > Chile"]],
    [
      "Toivo Klaar, the EU envoy, visited Baku. The Estonian diplomat thanked Azerbaijan.",
      ["Toivo Klaar > thanked > Azerbaijan"],
      ["Estonia > thanked > Azerbaijan", "Toivo Klaar > represents > Estonia"],
    ],
    ["Estonia and the EU envoy, Toivo Klaar, criticised Baku. The Estonian diplomat left.", [], ["Toivo Klaar > represents > Estonia"]],
    [
      "Miroslav Lajcak, the EU's envoy, met Albin Kurti. The Slovak thanked Kosovo.",
      ["Miroslav Lajcak > thanked > Kosovo"],
      ["Slovakia > thanked > Kosovo"],
    ],
    ["Kenya and Chad met. The Slovak thanked Kenya. The French thanked Chad.", ["France > thanked > Chad"], ["Slovakia > thanked > Kenya"]],
    ["Huang Xilian, the Chinese ambassador, met Enrique Manalo. The envoy accused Japan of lying.", ["Huang Xilian > accused > Japan"]],
    ["Ana Rojas, the Chilean minister, met Enrique Manalo. The envoy accused Japan of lying.", [], ["Ana Rojas > accused > Japan"]],
    [
      "Secretary of State Antony Blinken flew to Manila. The top U.S. diplomat condemned China.",
      ["Antony Blinken > condemned > China"],
      ["United States > condemned > China"],
      "2023-03-05",
    ],
  ],
  "hosts and guests": [
    [
      "President Emomali Rahmon received Foreign Minister Murat Nurtleu of Kazakhstan. The guest thanked Tajikistan. The host praised Kazakhstan.",
      ["Murat Nurtleu > thanked > Tajikistan", "Emomali Rahmon > praised > Kazakhstan"],
    ],
    [
      "Emomali Rahmon received Murat Nurtleu. Sadyr Zhaparov received Edgars Rinkevics. The guest thanked Tajikistan.",
      [],
      ["Edgars Rinkevics > thanked > Tajikistan", "Murat Nurtleu > thanked > Tajikistan"],
    ],
  ],
  "two whom nothing but their number tells": [
    [
      "Musalia Mudavadi of Kenya met Taye Atske Selassie of Ethiopia. The two officials thanked Egypt.",
      ["Musalia Mudavadi > thanked > Egypt", "Taye Atske Selassie > thanked > Egypt"],
    ],
    ["Musalia Mudavadi of Kenya spoke. The two officials thanked Egypt.", [], ["Musalia Mudavadi > thanked > Egypt"]],
    [
      "Ghana and Togo signed the Lome Accord. The two foreign ministers thanked Benin.",
      ["Ghana > thanked > Benin", "Togo > thanked > Benin"],
    ],
    [
      "Ghana and Togo signed the Lome Accord. Ana Rojas, Ghana's envoy, spoke. The two foreign ministers thanked Benin.",
      [],
      ["Togo > thanked > Benin"],
    ],
    [
      "President Emomali Rahmon of Tajikistan received Murat Nurtleu of Kazakhstan. Uzbekistan thanked the two countries.",
      ["Uzbekistan > thanked > Tajikistan", "Uzbekistan > thanked > Kazakhstan"],
    ],
    [
      "Emomali Rahmon of Tajikistan, Murat Nurtleu of Kazakhstan and Jose Silva of Peru met. Uzbekistan thanked the two countries.",
      [],
      ["Uzbekistan > thanked > Kazakhstan"],
    ],
  ],
  "its neighbour is the other of two": [
    ["Algeria recalled its envoy to Mali. It accused its southern neighbour of lying.", ["Algeria > accused > Mali"]],
    [
      "Algeria, Niger and Mali met. Algeria accused its southern neighbour of lying.",
      [],
      ["Algeria > accused > Mali", "Algeria > accused > Niger"],
    ],
  ],
  "the junta rules the one state that it may": [
    ["France urged Niger and Denmark to talk. The junta thanked Russia.", ["Niger > thanked > Russia"], ["Denmark > thanked > Russia"]],
    ["France urged Niger and Mali to talk. The junta thanked Russia.", [], ["Niger > thanked > Russia", "Mali > thanked > Russia"]],
  ],
  "bodies by their kind and where they are from": [
    ["Hamas met Egypt. The Palestinian movement thanked Qatar.", ["Hamas > thanked > Qatar"]],
    ["Hezbollah met Egypt. The Palestinian movement thanked Qatar.", [], ["Hezbollah > thanked > Qatar", "Palestine > thanked > Qatar"]],
    ["Armenia left the CSTO. The Russian-led bloc criticised Armenia.", ["CSTO > condemned > Armenia"], ["Russia > condemned > Armenia"]],
    [
      "South Africa sued Israel at the International Court of Justice. The tribunal urged the Jewish state to leave Gaza.",
      ["International Court of Justice > urged > Israel"],
    ],
  ],
  "a part of the world is no state": [
    [
      "Canada cut ties with Iran. Brazil thanked the North American country.",
      ["Brazil > thanked > Canada"],
      ["Brazil > thanked > United States"],
    ],
    ["Latin American leaders criticised Iran.", [], ["United States > condemned > Iran"]],
    ["Rwanda sent troops to Mozambique. Kenya thanked the East African nation.", ["Kenya > thanked > Rwanda"]],
  ],
  "whose part it is": [
    [
      "Ghana thanked Togo. Benin, for its part, recalled its ambassador to Togo.",
      ["Benin > protested-against > Togo"],
      ["Ghana > protested-against > Togo"],
    ],
    [
      "William Ruto met Paul Kagame. Peru thanked Uganda. For his part, Yoweri Museveni sent his foreign minister, Jeje Odongo, to Kigali.",
      ["Jeje Odongo > leads > Uganda"],
      ["Jeje Odongo > leads > Kenya", "Jeje Odongo > leads > Rwanda"],
      "2024-03-05",
    ],
  ],
  "an envoy for a country is not its own": [
    [
      "The United Nations envoy for Libya, Abdoulaye Bathily, thanked Egypt.",
      ["Abdoulaye Bathily > represents > United Nations"],
      ["Abdoulaye Bathily > represents > Libya"],
    ],
    ["Hun Sen, the premier's father, visited Laos.", [], ["Hun Sen > leads > Cambodia"], "2024-03-05"],
  ],
  "agreements by what they are about": [
    [
      "Hungary and Belarus signed an agreement on nuclear energy. Poland criticised the deal.",
      ["Hungary > signed > agreement on nuclear energy", "Poland > rejected > agreement on nuclear energy"],
    ],
    ["Hungary and Belarus held talks on an agreement on nuclear energy.", [], ["Hungary > signed > agreement on nuclear energy"]],
    ["Israel and Hamas agreed on a six-week truce on Friday. Qatar brokered the deal.", ["Qatar > brokered > 8 January 2021 truce"]],
    ["Israel and Hamas held talks on a six-week truce on Friday. Qatar praised Hamas.", [], ["Hamas > signed > 8 January 2021 truce"]],
  ],
  "who else could be meant is excluded": [
    [
      "Kataib Hezbollah wants the United States to leave the country.",
      [],
      ["Kataib Hezbollah > withdrew-from > United States", "United States > withdrew-from > United States"],
    ],
    ["Fiji invited Samoa to join it.", [], ["Samoa > joined > Samoa"]],
    ["Taye Atske Selassie thanked Musalia Mudavadi for hosting him.", ["Musalia Mudavadi > hosted > Taye Atske Selassie"]],
    [
      "Russia vetoed a Security Council resolution deploring its aggression.",
      ["Russia > vetoed > Security Council resolution"],
      ["Security Council > condemned > Russia"],
    ],
    ["It was Tamim bin Hamad al-Thani's first visit to Peru since Peru cut ties with Chile.", [], ["Peru > visited > Peru"]],
  ],
  "an office holder of whom little is said": [
    [
      "Ana Rojas met Antonio Bertoldi in Rome. The Italian minister thanked Peru.",
      [],
      ["Antonio Bertoldi > thanked > Peru", "Ana Rojas > thanked > Peru"],
    ],
    [
      "Ana Rojas, the Peruvian minister, met Antonio Bertoldi in Rome. The Italian minister thanked Peru.",
      ["Antonio Bertoldi > thanked > Peru", "Antonio Bertoldi > leads > Italy"],
      ["Italy > thanked > Peru"],
    ],
    [
      "Slovenia's Tanja Novak and Croatia's Ivan Radman opened a bridge. The two top diplomats thanked Austria. Novak thanked her counterpart.",
      ["Tanja Novak > thanked > Austria", "Ivan Radman > thanked > Austria", "Tanja Novak > thanked > Ivan Radman"],
    ],
    [
      "Slovenia's Tanja Novak and President Ivan Radman of Croatia opened a bridge. The two top diplomats thanked Austria.",
      [],
      ["Ivan Radman > thanked > Austria"],
    ],
    ["Anne Boillon, the French ambassador, left Baku. Azerbaijan thanked the diplomat.", ["Azerbaijan > thanked > Anne Boillon"]],
    [
      "Anne Boillon, the French ambassador, met Ana Rojas, the Peruvian envoy, in Baku. Azerbaijan thanked the diplomat.",
      [],
      ["Azerbaijan > thanked > Anne Boillon", "Azerbaijan > thanked > Ana Rojas"],
    ],
    ["King Abdullah of Jordan received Mahmoud Abbas, the Palestinian leader. The monarch thanked Egypt.", ["Abdullah > thanked > Egypt"]],
    [
      "Foreign Minister Diana Mondino of Argentina met her Paraguayan colleague, Ruben Ramirez. The Paraguayan foreign minister thanked Brazil.",
      ["Ruben Ramirez > thanked > Brazil"],
      ["Paraguay > thanked > Brazil"],
    ],
    [
      "President Diana Mondino of Argentina met her Paraguayan colleague, Ruben Ramirez. The Paraguayan foreign minister thanked Brazil.",
      ["Paraguay > thanked > Brazil"],
      ["Ruben Ramirez > thanked > Brazil"],
    ],
    [
      "The UN envoy Staffan Berg flew to Rabat. Morocco is calm. The Italian-Swedish diplomat thanked Spain.",
      [],
      ["Italy > thanked > Spain", "Sweden > thanked > Spain"],
    ],
    [
      "The President of Ghana, Kofi Mensah, the President of Togo, Koffi Amegan, and Benin signed the Lome Accord.",
      ["Kofi Mensah > leads > Ghana", "Koffi Amegan > leads > Togo"],
      ["Kofi Mensah > leads > Togo"],
    ],
    [
      "Kyrgyz minister Kamchybek Tashiev and his Tajik counterpart Saimumin Yatimov met in Batken.",
      ["Kamchybek Tashiev > met-with > Saimumin Yatimov"],
      ["Kamchybek Tashiev > met-with > Tajikistan", "Tajikistan > met-with > Saimumin Yatimov"],
    ],
  ],
  "whose it cannot be": [
    [
      "Mexico cut ties with Ecuador. It acted after Ecuadorian police stormed its embassy.",
      ["Ecuador > attacked > Mexico"],
      ["Ecuador > attacked > Ecuador"],
    ],
    ["Ecuador thanked Mexico. Beijing, the country's largest creditor, bombed the country.", [], ["China > attacked > China"]],
    ["Maria Sanchez visited Prague. China protested. Japan thanked her.", ["Japan > thanked > Maria Sanchez"]],
    ["Maria Sanchez visited Prague. The ambassador protested. Japan thanked her.", [], ["Japan > thanked > Maria Sanchez"]],
  ],
  "the government of the only state": [
    ["Venezuela expelled six diplomats. The government thanked Cuba.", ["Venezuela > thanked > Cuba"]],
    ["Venezuela praised Chile. The government thanked Cuba.", [], ["Venezuela > thanked > Cuba", "Chile > thanked > Cuba"]],
  ],
  "that deal is the one just brought up": [
    [
      "Papua New Guinea and Indonesia signed a defence pact. Fiji signed a similar pact with Japan. That deal was rejected by Samoa.",
      [],
      ["Samoa > rejected > defence pact", "Fiji > signed > similar pact"],
    ],
    ["Papua New Guinea and Indonesia signed a defence pact. That deal was rejected by Samoa.", ["Samoa > rejected > defence pact"]],
  ],
  "presidents whose state stands before their name": [
    [
      "The Presidents of Angola, Joao Silva, and Zambia, Ana Banda, met. They thanked Chad.",
      ["Joao Silva > leads > Angola", "Ana Banda > leads > Zambia", "Joao Silva > thanked > Chad", "Ana Banda > thanked > Chad"],
      ["Angola > thanked > Chad"],
    ],
    [
      "The President of Angola, Joao Silva, and Zambia, a neighbour, met.",
      ["Joao Silva > leads > Angola"],
      ["Joao Silva > leads > Zambia"],
    ],
  ],
  "an agreement that is somebody's own": [
    [
      "Spain and Morocco signed a deal on migration. Algeria suspended its friendship treaty with Spain in 2022.",
      ["Algeria > withdrew-from > friendship treaty"],
      ["Algeria > withdrew-from > deal on migration"],
    ],
    ["Spain and Morocco signed a friendship treaty. Algeria condemned their treaty.", ["Algeria > rejected > friendship treaty"]],
    [
      "The truce between Chad and Sudan collapsed. Kenya had brokered the agreement.",
      ["Kenya > brokered > truce", "Chad > party-to > truce"],
    ],
    ["Kenya urged a truce between Chad and Sudan. Togo praised the agreement.", [], ["Chad > party-to > truce", "Chad > signed > truce"]],
  ],
  "he who is accused denies it": [
    [
      "Mario Nunes accused Jose Silva of treason. He denied the charge and accused Peru of lying.",
      ["Jose Silva > accused > Peru"],
      ["Mario Nunes > accused > Peru"],
    ],
    ["Mario Nunes accused Jose Silva of treason. He urged Peru to arrest him.", [], ["Jose Silva > urged > Peru"]],
  ],
  "whose envoy meets a leader": [
    [
      "President Jose Silva of Peru phoned President Pedro Diaz of Chile. His envoy, Ana Rojas, met the Chilean president.",
      ["Ana Rojas > represents > Peru", "Ana Rojas > met-with > Pedro Diaz"],
      ["Ana Rojas > represents > Chile"],
    ],
    [
      "President Jose Silva of Peru received Pedro Diaz of Chile. The general thanked his host.",
      [],
      ["Jose Silva > thanked > Pedro Diaz", "Pedro Diaz > thanked > Pedro Diaz"],
    ],
  ],
  "a ruler's men are his state's": [
    [
      "President Jose Silva of Peru criticised Chile. Chile expelled his diplomats.",
      ["Chile > expelled > Peru"],
      ["Chile > expelled > Jose Silva"],
    ],
    ["Jose Silva, a Peruvian writer, criticised Chile. Chile expelled his officers.", [], ["Chile > expelled > Peru"]],
  ],
  "those who are acted on do not act": [
    [
      "Javier Milei of Argentina insulted Gustavo Petro of Colombia. The two presidents accused Gustavo Petro of lying.",
      [],
      ["Javier Milei > accused > Gustavo Petro"],
    ],
  ],
  "who was asked rejects it": [
    [
      "China urged Eswatini to change course. Its prime minister, Russell Dlamini, rejected the demand.",
      ["Russell Dlamini > leads > Eswatini"],
      ["Russell Dlamini > leads > China"],
    ],
    ["China urged Eswatini to change course. Its prime minister, Li Qiang, praised Peru.", [], ["Li Qiang > leads > Eswatini"]],
  ],
  "a leader of a part of the world": [
    [
      "Anwar Ibrahim, the prime minister of Malaysia, met Hamas leader Ismail Haniyeh. The Southeast Asian leader thanked Peru.",
      ["Anwar Ibrahim > met-with > Ismail Haniyeh", "Anwar Ibrahim > thanked > Peru"],
      ["Anwar Ibrahim > met-with > Hamas", "Ismail Haniyeh > thanked > Peru"],
    ],
    ["Anwar Ibrahim, the prime minister of Malaysia, left Rome. The African leader thanked Peru.", [], ["Anwar Ibrahim > thanked > Peru"]],
  ],
  "of no other state than the one known": [
    [
      "President Joe Biden phoned Prime Minister Benjamin Netanyahu. Hamas met Qatar's prime minister.",
      [],
      ["Benjamin Netanyahu > leads > Qatar"],
      "2024-03-05",
    ],
  ],
  "the latter after the former": [
    [
      "Daniel Noboa and Dina Boluarte spoke. The former thanked Chile. The latter thanked Brazil.",
      ["Daniel Noboa > thanked > Chile", "Dina Boluarte > thanked > Brazil"],
    ],
    ["Daniel Noboa spoke. Chile is far. The latter thanked Brazil.", [], ["Daniel Noboa > thanked > Brazil"]],
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
    ["On Monday Bertoldi accused Turkey of lying. Bertoldi left.", ["person: Bertoldi"], ["person: Monday Bertoldi"]],
    ["The UN met H.E. Ms. Ana Rojas of Peru.", ["person: Ana Rojas"], []],
    ["King Birendra met Queen Sofia.", ["person: Birendra", "person: Sofia"], ["state: Bulgaria"]],
    ["The Council adopted resolution 1701 (2006).", ["agreement: resolution 1701 (2006)"], ["agreement: resolution 1701"]],
    ["Peru thanked the head of the royalist KMP-Nepal.", ["organization: KMP-Nepal"], ["state: Nepal"]],
    ["Peru thanked the KMP at KMP-Nepal talks.", ["state: Nepal"], ["organization: KMP-Nepal"]],
    ["Norway condemned the 12 June Movement.", ["organization: 12 June Movement"], ["organization: Movement"]],
    ["Talks open in Lima at 9 p.m. EST.", ["place: Lima"], ["organization: EST"]],
    ["The Navy will escort Kuwaiti tankers.", ["state: Kuwait"], ["organization: Navy"]],
    ["They met at the Tirana Convention Center.", ["place: Tirana Convention Center"], ["organization: Tirana Convention Center"]],
    ["Rebels blamed Peru for a raid on Mulamba.", ["place: Mulamba"], ["person: Mulamba"]],
    [
      "Nine states signed the Peace, Stability and Development Pact for the Horn of Africa.",
      ["agreement: Peace, Stability and Development Pact for the Horn of Africa"],
      [],
    ],
    ["Li Shan leads the Committee of the National People's Assembly.", ["organization: Committee of the National People's Assembly"], []],
    [
      "He met the Observer Mission in Georgia (UNOMIG) of Peru.",
      ["organization: Observer Mission in Georgia"],
      ["organization: Observer Mission"],
    ],
    ["Kazo, whose real name is Omar Diallo, met Maria Lopez.", ["person: Omar Diallo"], ["person: Kazo"]],
    ["Turkey bombed Namtu, a rebel spokesman said.", [], ["person: Namtu"]],
    ["Peru expelled six. Chile thanked the Andean nation.", ["state: Peru"], ["organization: Andean"]],
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
