/** Open screens of a client hear at once that somebody's place, or the organisation itself, is closed to them. */
import type { QueryInterface } from 'sequelize'

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
  create trigger memberships_session_ended after update on memberships for each row
    when (old.state <> new.state or old.role <> new.role)
    execute function tell_session_ended();

  create function tell_members_ended() returns trigger language plpgsql as $$
  begin
    perform pg_notify('desk', json_build_object('topic', 'session', 'userId', user_id)::text)
      from memberships where organisation_id = old.id and state = 'active';
    return null;
  end $$;
  create trigger organisations_session_ended after update on organisations for each row
    when (old.state <> new.state or (old.deleted_at is null) <> (new.deleted_at is null))
    execute function tell_members_ended();
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
  drop trigger organisations_session_ended on organisations;
  drop function tell_members_ended();
  drop trigger memberships_session_ended on memberships;
  `)
