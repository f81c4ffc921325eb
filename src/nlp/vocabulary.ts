/** Closed word lists of the mention and coreference stages: lower case, singular unless the plural is the point. */

function list(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

/** Nouns that end (or open, before "of" or "for") the proper name of a body. */
export const ORGANIZATION_NOUNS = list(`
  organization organisation party front army movement union university institute bank corp corporation company inc ltd plc group agency
  council committee commission ministry department parliament assembly senate congress court tribunal league alliance coalition
  association federation foundation fund office bureau authority service mission force forces guard guards brigade brigades command
  corps navy club society church brotherhood community center centre secretariat cabinet directorate board chamber network airlines
  airways forum bloc battalion regiment militia police treasury media times post radio television news tribune herald gazette
  government peshmerga confederation consortium trust museum partnership watch crescent cross inspectorate duma knesset bundestag majlis
  enterprise enterprises observatory academy college holding holdings laboratory republicans democrats greens socialists liberals conservatives quartet`);

/** Nouns of other languages that open the name of a body: "Mouvement de ...", "Partido dos ...". */
export const FOREIGN_BODIES = list(`
  mouvement coordination rassemblement union parti partido partito front frente movimiento movimento alianza aliança alliance comité comite
  conseil consejo conselho confédération confederación federación fédération ligue liga collectif convergence congrès congreso congresso
  ministère ministerio ministério banque banco institut instituto agence agencia agência asociación associação association société
  compagnie compañía groupe grupo coordinadora mesa junta junta cour corte tribunal haut organisation organización organização`);

/** Small words inside such names. */
export const FOREIGN_LINKS = list("de des du pour la le les l' d' l’ d’ do da dos das del los las para por contra et e y");

/** Nouns that end the name of a body only together with a capitalised word before them that is no state. */
export const STATE_BODY_PHRASES = new Set([
  "army",
  "government",
  "parliament",
  "military",
  "navy",
  "air force",
  "police",
  "ministry",
  "foreign ministry",
  "foreign office",
  "defence ministry",
  "defense ministry",
  "interior ministry",
  "finance ministry",
  "ministry of foreign affairs",
  "foreign affairs ministry",
  "ministry of defence",
  "ministry of defense",
  "cabinet",
  "embassy",
  "presidency",
  "delegation",
  "mission",
  "command",
  "forces",
  "general staff",
  "authorities",
  "state",
  "senate",
  "supreme court",
  "constitutional court",
  "ministry of the interior",
]);

/** Nouns that communiqués write with a capital: no name by themselves. */
export const GENERIC_NOUNS = list(`
  government governments state states member members party parties side sides minister ministers leader leaders head heads delegation
  delegations participant participants partner partners president presidents chairman signatory signatories country countries nation
  nations republic`);

/** Capitalised nouns that make an event, a prize or a law of the name they end: no node. */
export const EVENT_NOUNS = list(`
  summit conference war olympics games election elections day week month year cup prize award medal festival championship
  revolution spring uprising intifada massacre genocide holocaust crisis referendum dialogue talks operation eve act law bill
  constitution century age era ages easter christmas ramadan`);

/** Nouns that end the name of a place. */
export const PLACE_NOUNS = list(`
  house palace palais castle buildings building room lawn garden gardens line bridge dam basin bay strait straits sea ocean river lake
  island islands peninsula base airport airbase airfield hall hotel plaza square port harbour harbor camp province region valley heights
  strip desert plant station park street avenue road canyon mountains mountain hills hill gulf channel canal coast cape delta oblast
  district governorate county city town village pass crossing barracks stadium cathedral mosque temple monastery villa guesthouse
  compound reservoir route highway motorway railway corridor triangle plateau steppe shoal reef atoll archipelago territory territories`);

/** Words before the name of a place: "Lake Prespa", "Mount Hermon", "Camp David". */
export const PLACE_OPENERS = list("lake mount cape camp fort port gulf strait bay isle palais chateau villa castle san santa saint st");

/** Capitalised nouns that end or open the name of an agreement, beside the agreement nouns of the knowledge files. */
export const AGREEMENT_NAME_NOUNS = list(`
  framework frameworks initiative protocol protocols convention charter annex package plan communique understanding understandings
  arrangement arrangements statute pact pacts accord accords compact agreement agreements treaty treaties declaration declarations
  memorandum resolution truce ceasefire cease-fire armistice settlement concordat covenant entente roadmap`);

/** Nouns that mean an agreement named before ("the document", "the text"), but never bring up one on their own. */
export const AGREEMENT_ANAPHORS = list("document text bargain compromise outcome arrangement plan partnership instrument paper initiative");

/** Lower-case words inside names of persons: "Ursula von der Leyen", "Abdullah bin Zayed". */
export const NAME_PARTICLES = list(
  "bin ibn bint binti al el ul ud ad ar de des pour del della dello di da dos das du la le las los van von der den ter ten y e zu af av abu ould wan",
);

/** Lower-case words that may join capitalised words into the name of an agreement or body. */
export const NAME_LINKS = list("of for the and on to in a an with between against through under by at former");

/** Capitalised words that are no names by themselves. */
export const CALENDAR = list(`
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november
  december jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun`);

/** Words that open a sentence with a capital and are never the start of a name there. */
export const FUNCTION_WORDS = list(`
  the a an in on at by for from to of with without and or but nor yet so as if when while after before since until because although though
  however meanwhile he she it they we you i his her its their our your my this that these those there here what who whom whose which where
  why how both each every all some any no not neither either many most more few several two three four five six seven eight nine ten under
  over between among during against about into through across behind near outside inside despite following according asked speaking
  earlier later last next also still then now once only even just instead further another other others one under minutes hours days weeks
  months years is are was were be been has have had do does did will would can could may might should must shall let mr mrs ms dr
  yesterday today tomorrow tonight including such same than too very per amid upon via plus whether unless whereas`);

/** Nouns for the armed, official and diplomatic arms of a state: after a demonym or possessive they mean the state. */
export const STATE_BODY_NOUNS = list(`
  force forces troop troops soldier soldiers army armies military militaries navy navies police government governments ministry ministries
  parliament parliaments court courts cabinet cabinets official officials officer officers general generals diplomat diplomats authority
  authorities warplane warplanes jet jets aircraft commando commandos delegation delegations negotiator negotiators regime junta
  administration leadership embassy embassies envoys ambassadors mission peacekeeper peacekeepers commander commanders
  airstrike airstrikes tank tanks missile missiles warship warships fleet marines paratroopers gunners units unit drones drone helicopters
  prisoners prisoner captives hostages nationals citizens spies ministers mediators lawmakers legislators spokesmen presidency monarchy
  rulers ruler state intelligence security side delegates nation shells artillery rockets convoy bombers border-guards coastguard
  fighters fighter gunmen guerrillas combatants positions negotiator executive electorate treasury consulate consulates mediation diplomacy
  policemen policeman gendarmes carabineros coastguards guardsmen airmen sailors pilots frigate frigates destroyer destroyers submarine
  submarines gunboat gunboats brigade brigades battalion battalions contingent garrison agents prosecutor prosecutors judges
  senate congress legislature instructors investigators
  ranger rangers`);

/** Nouns for a person who speaks for a state or body, beside the titles of the knowledge files. */
export const ROLE_NOUNS = list(`
  president premier minister leader chancellor king queen emir sultan prince princess monarch ruler chief chairman chairwoman chair
  spokesman spokeswoman spokesperson envoy ambassador negotiator diplomat counterpart colleague secretary secretary-general general
  commander host predecessor successor premier strongman dictator head director governor mayor senator pope patriarch ayatollah
  official adviser advisor mediator delegate representative opposite guest winner laureate statesman politician lawmaker chargé charge
  vice-president vice-premier presidents premiers ministers leaders chancellors kings emirs princes rulers chiefs spokesmen envoys
  ambassadors negotiators counterparts secretaries foes rivals statesmen`);

/** Nouns for any man or woman: "the two men". */
export const PERSON_NOUNS = list(`
  man men woman women leader leaders president presidents premier premiers minister ministers statesman statesmen pair duo rival rivals
  chief chiefs counterpart counterparts signatory signatories politician politicians negotiator negotiators ruler rulers king kings
  envoy envoys diplomat diplomats general generals`);

/** Lower-case nouns that stand directly before a person's name. */
export const PERSON_APPOSITIONS = list(`
  cleric mediator legislator lawmaker lawyer activist journalist analyst author historian dissident warlord agent daughter son wife
  husband brother sister father mother contractor engineer scholar professor rebel separatist commander leader chief founder
  strongman negotiator envoy diplomat spokesman spokeswoman spokesperson ambassador president premier chancellor minister secretary
  general adviser aide politician candidate king queen emir sultan prince princess sheikh imam bishop archbishop cardinal pope rabbi
  governor mayor senator congressman congresswoman deputy colonel major captain admiral marshal lieutenant brigadier chairman chairwoman
  chair director head boss tycoon oligarch businessman billionaire banker economist novelist singer actor footballer counterpart
  colleague host predecessor successor rival delegate representative parliamentarian speaker premier chargé veteran insurgent
  predecessor co-founder ex-president ex-premier pilot airman soldier sailor reporter photographer doctor surgeon nurse teacher judge
  prosecutor magistrate jurist hostage prisoner detainee dissident defector priest pastor monk missionary fisherman trader financier
  gunman bomber militant jihadist student poet writer musician physicist scientist strategist architect campaigner blogger policeman
  spymaster spy ombudsman auditor`);

/** Nouns that, in apposition to an unknown name, say that it is a body or a place. */
export const ORGANIZATION_APPOSITIONS = list(`
  party group movement charity company firm bank agency militia organization organisation bloc alliance union faction newspaper
  broadcaster network airline shipbuilder contractor carrier coalition front army force body council committee association federation
  institute think-tank watchdog manufacturer maker giant conglomerate consortium operator channel outlet magazine daily lender regulator
  insurgency guerrillas rebels militants congress parliament assembly ministry club foundation fund`);
export const PLACE_APPOSITIONS = list(`
  city town village province region island port capital district suburb resort area stronghold peninsula territory enclave exclave
  settlement river lake mountain valley base airport venue palace county hamlet archipelago strait neighbourhood neighborhood`);

/** Nouns after the name of a capital that make it the government: "the Kyiv government". */
export const GOVERNMENT_NOUNS = list(`
  government authorities regime administration leadership junta officials official diplomats diplomat leaders spokesman spokeswoman
  spokesperson adviser advisers aide aides envoy envoys ambassador side position line stance offer proposal plan policy decision
  statement pressure support backing approval consent ties relations`);

/** Nouns after "the X ... of/in CAPITAL": the government, not the town. */
export const GOVERNMENT_HEADS = list("government authorities regime administration leadership junta rulers masters leaders");

/** Verbs whose object is where one goes, stays or strikes: a capital there is the town. */
export const LOCATIVE_VERBS = list(`
  visit leave reach enter quit tour cross attack shell bomb seize capture take besiege surround storm liberate occupy destroy bombard
  hit strike rock flee evacuate overrun encircle raze pound target retake recapture roam patrol depart`);

/** Verbs and nouns that give something to an actor: "aid to Kyiv" is the state, "a trip to Kyiv" the town. */
export const TRANSFER_WORDS = list(`
  aid arms weapons support sell supply give grant pledge lend appeal listen deliver message letter warning ultimatum threat response
  answer reply concession assistance loan sale help offer proposal demand request note protest complaint apology tribute signal blow
  threat hostile loyal friendly close closer aligned accountable opposed according say tell explain complain speak talk turn report
  protest respond reply object pay belong owe send extend hand transfer provide offer promise propose apologise apologize attribute
  opposition allegiance commitment challenge rebuke exports subsidies funds money credit missiles jets gas oil access thanks gratitude
  congratulations alternative counterweight ally invitation ambassador envoy convey relay overture overtures plea appeal ties
  ultimatum demarche`);

/** Words before "from CAPITAL" that make it the government's act. */
export const SOURCE_WORDS = list(`
  veto consent aid pressure support receive win draw get seek demand obtain secure extract response reaction signal message backing
  approval guarantee guarantees assurances assurance instructions orders order arms weapons money funding help assistance criticism
  condemnation rebuke rebukes praise concessions concession promise threat threats independence word letter invitation demands objections
  opposition protest protests statement statements denial silence recognition permission intelligence ambassador envoy warning warnings
  ultimatum fire recall plea accusation accusations request requests call calls offer offers proposal proposals complaint complaints`);

/** Nouns for bodies that states set up together and that go by a description: "the joint Turkish-Russian center". */
export const JOINT_BODY_NOUNS = list(
  "center centre commission committee council mission force mechanism headquarters authority secretariat taskforce brigade corps body board",
);
