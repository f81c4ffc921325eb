/** Words that own the full stop behind them, and prefixes that keep their hyphen: what the tokeniser must know about English spelling. */

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Titles and the like: a name follows, so no sentence ends here. Without the point. */
export const BEFORE_NAME = words(`
  Mr Mrs Ms Mx Messrs Mme Mlle Mssrs Dr Drs Prof Profs Rev Revd Fr Msgr St Ste Sts Hon Amb Pres Gov Govs Lt Lieut Col Cols Gen Gens
  H.E H.M H.R.H H.H Maj Capt Cmdr Cdr Cmdt Brig Sgt Cpl Pvt Adm Adml Vice-Adm Sen Sens Rep Reps Supt Insp Sec Sir Ald Atty Ayat Sr-Gen Eng Ing Mt Ft Pte Fld`);

/** Months, weekdays and number words: abbreviations where a number, a comma or a small letter follows, else words with a full stop. */
export const BEFORE_NUMBER = words(`
  Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
  No Nos no nos Art Arts art Sec Ch Vol vol Fig fig pp p para Para Res res Op ca approx`);

/** States of the United States and provinces of Canada, as they stand after a town and a comma. Without the point. */
export const REGIONS = words(`
  Ala Ariz Ark Calif Colo Conn Del Fla Ga Ia Ill Ind Kan Kans Ky La Md Mich Minn Miss Mo Mont Neb Nebr Nev Okla Ore Pa Tenn Tex Vt Va Wash Wis Wisc Wyo
  Ont Que Alta Sask`);

/** Other abbreviations, as written or in lower case. Without the point. */
export const ABBREVIATIONS = words(`
  ${[...BEFORE_NAME].join(" ")}
  Jan Feb Apr Jun Jul Aug Sept Oct Nov Dec
  Jr Sr Esq Ph Inc Corp Co Cos Ltd Bros Plc Cie Mfg Intl Natl Assn Assoc Dept Depts Univ Govt Comm Cttee
  vs etc eg ie al cf est dept ext incl excl viz resp ibid vs. v approx avg misc ret
  ${[...REGIONS].join(" ")}
  Ave Blvd Rd Hwy Pkwy Sq Bldg
  Ass't`);

/** Prefixes that the treebanks keep together with what follows the hyphen; other hyphens are tokens of their own. */
export const HYPHEN_PREFIXES = words(`
  anti arch co counter cross de e ex extra hyper infra inter intra macro mega meta micro mid mini mis mono multi neo non
  over para poly post pre pro proto pseudo re semi sub super supra trans ultra un under vice`);
