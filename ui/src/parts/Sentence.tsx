import { AnswerMenu } from "./AnswerMenu";
import type { MenuItem } from "./Menu";

interface Props {
  /** What was asked, for the menu's name. */
  title: string;
  answer: { summary: string; links: Record<string, string> };
  /** The picture of it as files, where there is one. */
  pictures?: readonly MenuItem[];
}

/** The answer in one sentence, with the menu that saves and certifies it. */
export function Sentence({ title, answer: { summary, links }, pictures }: Props) {
  return (
    <div className="pad said-first">
      <p className="sentence grow" dir="auto">{summary}</p>
      <AnswerMenu title={title} links={links} pictures={pictures} />
    </div>
  );
}
