/** Dates on lines of their own. */
import { describe, expect, it } from "vitest";
import { isoDay, readDate, readMonthDay } from "../../src/read/dates.ts";

const iso = (text: string) => {
  const day = readDate(text);
  return day && isoDay(day);
};

describe("readDate", () => {
  it.each([
    ["2021-01-13", "2021-01-13"],
    ["2021/1/13", "2021-01-13"],
    ["2021-01-13T09:30:00Z", "2021-01-13"],
    ["2021-01-13 09:30:00.123+03:00", "2021-01-13"],
    ["14.01.2021", "2021-01-14"],
    ["3.4.2021", "2021-04-03"],
    ["01.14.2021", "2021-01-14"],
    ["14.01.21", "2021-01-14"],
    ["31/12/1999", "1999-12-31"],
    ["12/31/1999", "1999-12-31"],
    ["04/04/2022", "2022-04-04"],
    ["13 January 2021", "2021-01-13"],
    ["13th of January, 2021", "2021-01-13"],
    ["Wednesday, 13 January 2021", "2021-01-13"],
    ["Wed, 13 Jan 2021 10:00:00 GMT", "2021-01-13"],
    ["January 13, 2021", "2021-01-13"],
    ["Jan. 13, 2021 at 10:45 a.m. EST", "2021-01-13"],
    ["Sept. 5 2019", "2019-09-05"],
    ["JANUARY 13, 2021", "2021-01-13"],
    ["13 Ocak 2021", "2021-01-13"],
    ["29 February 2024", "2024-02-29"],
    // The weekday says which reading is right.
    ["Saturday, 03/04/2021", "2021-04-03"],
    ["Thursday 03/04/2021", "2021-03-04"],
  ])("%s is %s", (text, day) => {
    expect(iso(text)).toBe(day);
  });

  it.each([
    "",
    "-",
    "30 February 2021",
    "29.02.2023",
    "2021-13-01",
    "January 2021",
    "2021",
    "13 January",
    "on 13 January 2021 they met",
    "1.2.3.4",
    "99/99/2021",
    "12:30",
    "3-2",
  ])("%j is no date", (text) => {
    expect(readDate(text)).toBeUndefined();
  });

  it("keeps both readings where nothing tells them apart", () => {
    expect(readDate("03/04/2021")).toEqual({ year: 2021, month: 4, day: 3, monthFirst: { year: 2021, month: 3, day: 4 } });
  });
});

describe("readMonthDay", () => {
  it.each([
    ["Jan 14", { month: 1, day: 14 }],
    ["Sept. 5", { month: 9, day: 5 }],
    ["12 February", { month: 2, day: 12 }],
    ["Feb 30", undefined],
    ["Feb", undefined],
    ["Smarch 13", undefined],
  ])("%s", (text, expected) => {
    expect(readMonthDay(text)).toEqual(expected);
  });
});
