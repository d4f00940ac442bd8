/**
 * The text of a function that takes what `date-time` of ajv-formats takes (RFC 3339, section 5.6, with a blank for its `T`
 * and an offset of hours alone), in a third of its code. A text, because what is generated must not depend on how the one
 * who generates was bundled. A leap year comes back after 400 years, and of a year below 100 `Date.UTC` makes another; a
 * leap second ends a day in UTC.
 */
export const IS_DATE_TIME = `function isDateTime(text) {
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zone, sign, ahead = 0, further = 0] =
    /^(\\d{4})-(\\d\\d)-(\\d\\d)[t\\s](\\d\\d):(\\d\\d):(\\d\\d(?:\\.\\d+)?)(z|([+-])(\\d\\d)(?::?(\\d\\d))?)$/i.exec(text) ?? [];
  const days = new Date(Date.UTC(+year + 400, +month, 0)).getUTCDate();
  if (!zone || +month < 1 || +month > 12 || +day < 1 || +day > days || +ahead > 23 || +further > 59) return false;
  if (+hour < 24 && +minute < 60 && +second < 60) return true;
  const turn = sign === "-" ? -1 : 1;
  const past = +minute - +further * turn;
  const at = +hour - +ahead * turn - +(past < 0);
  return (at === 23 || at === -1) && (past === 59 || past === -1) && +second < 61;
}`
