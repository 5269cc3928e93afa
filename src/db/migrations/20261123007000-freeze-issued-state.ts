/** An issued document never becomes unissued: its state only goes on to published or cancelled. */
import type { QueryInterface } from 'sequelize'

const freeze = (state: string) => `
  create or replace function freeze_document() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then raise exception 'document % cannot be deleted', old.id using errcode = '42501'; end if;
    if old.state in ('ready', 'published', 'cancelled') and
       (new.kind, new.number, new.issued_on, new.total_minor, new.currency, new.data, new.template_version, new.file_id,
        new.sha256, new.organisation_id, new.seller_id, new.verification_code) is distinct from
       (old.kind, old.number, old.issued_on, old.total_minor, old.currency, old.data, old.template_version, old.file_id,
        old.sha256, old.organisation_id, old.seller_id, old.verification_code)
    then raise exception 'document % is issued and cannot be edited', old.id using errcode = '42501'; end if;
    ${state}
    return new;
  end $$;
`

// A document put back to "generating" would no longer be frozen, and could then be edited like a new one.
const onlyOnwards = `
    if old.state in ('ready', 'published', 'cancelled') and new.state <> old.state and not (
       (old.state = 'ready' and new.state in ('published', 'cancelled')) or
       (old.state = 'published' and new.state = 'cancelled'))
    then raise exception 'document % is % and cannot become %', old.id, old.state, new.state using errcode = '42501'; end if;`

export const up = (db: QueryInterface) => db.sequelize.query(freeze(onlyOnwards))

export const down = (db: QueryInterface) => db.sequelize.query(freeze(''))
