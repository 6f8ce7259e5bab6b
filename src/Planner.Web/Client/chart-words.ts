/** Words that are drawn or spoken, in the reader's language; mirrors ChartWords.cs. {0} and {1} are places. */
export interface Words {
  /** A trillion, a billion, a million. */
  scales: [string, string, string];
  /** Whether names keep their capitals within a sentence. */
  keepsCapitals: boolean;
  nearer: string;
  farther: string;
  back: string;
  on: string;
  all: string;
  span: string;
  cheapestOf: string;
  noneServes: string;
  none: string;
  cheapest: string;
  fullAt: string;
  full: string;
  beyond: string;
  today: string;
  inAll: string;
  noChange: string;
  noResult: string;
  anotherWins: string;
  asItStands: string;
  total: string;
  thisStep: string;
  totalSoFar: string;
  notKnown: string;
  tallest: string;
  runs: string;
  ofRuns: string;
  upToHere: string;
  tokens: string;
  noTokens: string;
}

/** A text with its places filled. */
export const filled = (text: string, ...values: string[]): string => text.replace(/\{(\d)\}/g, (_, place: string) => values[Number(place)] ?? "");
