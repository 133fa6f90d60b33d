import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { api, type Entity } from "../api/client";
import { useMe } from "../api/me";
import { ProblemNote } from "../parts/Answered";
import { Card } from "../parts/Card";
import { Chosen } from "./Chosen";
import { Done } from "./Done";
import { useEdit } from "./useEdit";

/** Say that another entry of the graph is this entity: its facts join those here, its id leads here; taken back by one click. */
export function SameAs({ entity }: { entity: Entity }) {
  const { t } = useTranslation();
  const edit = useEdit();
  const { mayEdit } = useMe();
  const [isOpen, setOpen] = useState(false);
  const [other, setOther] = useState<Entity>();
  if (!mayEdit) return null;

  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get("reason");
    if (other === undefined || typeof reason !== "string") return;
    void edit.send(
      api.POST("/api/v1/entities/{id}/merge", { params: { path: { id: entity.id } }, body: { with: other.id, reason } }),
      t("same.done", { other: other.name }),
    );
  };
  return (
    <Card title={t("same.title")}>
      {edit.done !== undefined ? <div className="pad"><Done edit={edit} /></div> : (
        <details className="pad fix" onToggle={(event) => { setOpen(event.currentTarget.open); }}>
          <summary>{t("same.text")}</summary>
          {isOpen && (
            <form onSubmit={submit}>
              {edit.problem && <ProblemNote problem={edit.problem} />}
              <p className="t2 s12">{t("same.what")}</p>
              <Chosen label={t("same.other")} type={entity.type} entity={other} choose={setOther} />
              <label className="field">{t("fix.note")}<input name="reason" required placeholder={t("same.reason")} /></label>
              <button className="btn pri" disabled={edit.isPending || other === undefined}>{t("same.join")}</button>
            </form>
          )}
        </details>
      )}
    </Card>
  );
}
