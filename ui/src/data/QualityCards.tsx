import { useTranslation } from "react-i18next";
import { useAnswer } from "../api/ask";
import { Answered } from "../parts/Answered";
import { Bar } from "../parts/Bar";
import { Card } from "../parts/Card";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";

/** What is missing most, and how long ago facts were last seen. */
export function QualityCards() {
  const { t } = useTranslation();
  const term = useTerms();
  const { number } = useFigures();
  const quality = useAnswer("/api/v1/quality", {});
  return (
    <>
      <Card title={t("data.gaps")} side={<span className="t3 s12">{t("data.gapHint")}</span>}>
        <Answered query={quality} rows={6}>
          {({ data }) => (
            <ul className="bars wide">
              {(data.gaps as { what: string; missing: number; of: number }[]).map(({ what, missing, of }) => (
                <li key={what}>
                  <span>{term("value", what)}</span><Bar part={of ? missing / of : 0} />
                  <span><b>{number(missing)}</b> <span className="t3">/ {number(of)}</span></span>
                </li>
              ))}
            </ul>
          )}
        </Answered>
      </Card>
      <Card title={t("data.freshness")} side={<span className="t3 s12">{t("data.freshnessHint")}</span>}>
        <Answered query={quality} rows={6}>
          {({ data }) => {
            const ages = Object.entries(data.freshness);
            const seen = Math.max(1, ages.reduce((sum, [, count]) => sum + count, 0));
            return (
              <ul className="bars">
                {ages.map(([age, count]) => (
                  <li key={age}><span>{term("value", age)}</span><Bar part={count / seen} /><b>{number(count)}</b></li>
                ))}
              </ul>
            );
          }}
        </Answered>
      </Card>
    </>
  );
}
