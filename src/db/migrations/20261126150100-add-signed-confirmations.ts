/** What was signed, by whom and with what: a signature is kept with its text, or nothing of it is. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table registrations
    add column signer text,
    add column signed_statement text,
    add column signature_file_id uuid references stored_files,
    add constraint registrations_signed_whole check (num_nulls(signer, signed_statement, signature_file_id) in (0, 3)),
    add constraint registrations_signed_approved check (signer is null or state = 'approved');
  alter table identities
    add constraint identities_signed_whole check (confirmed_way is distinct from 'signature'
      or (coalesce(btrim(confirmation_reason), '') <> '' and confirmation_file_id is not null));
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  alter table identities drop constraint identities_signed_whole;
  alter table registrations
    drop constraint registrations_signed_approved,
    drop constraint registrations_signed_whole,
    drop column signature_file_id,
    drop column signed_statement,
    drop column signer;
  `)
