/** The first version of what newcomers agree to; an office that has its own text adds it as the next one. */
import { createHash } from 'node:crypto'
import type { QueryInterface } from 'sequelize'

const textRu = `Пользовательское соглашение

1. Личный кабинет открывается человеку, который подтвердил адрес электронной почты. Действовать от имени организации можно после решения её руководителя или офиса, который её обслуживает.
2. Вы указываете верные сведения о себе и об организации и сообщаете об их изменении.
3. Логин, пароль, коды и ключи доступа не передаются другим. Всё, что сделано с ними, считается сделанным вами, пока вы не сообщили об их утрате.
4. Персональные данные обрабатываются, чтобы оказать услуги, выставить счета и передать документы, и хранятся столько, сколько этого требует закон. Согласие можно отозвать письмом в офис.
5. Документы, опубликованные в личном кабинете, считаются переданными организации в день публикации.
6. Офис вправе закрыть доступ, если от имени организации действует человек без полномочий.`

const textEn = `User agreement

1. An account is opened to a person who has confirmed an e-mail address. Acting for an organisation becomes possible once its head, or the office that serves it, has decided so.
2. You tell the truth about yourself and the organisation, and say when it changes.
3. Login, password, codes and passkeys are not given to anybody else. Whatever is done with them counts as done by you until you have reported their loss.
4. Personal data is processed in order to render services, issue invoices and hand over documents, and is kept as long as the law demands. Consent can be withdrawn by a letter to the office.
5. Documents published in the cabinet count as handed over to the organisation on the day of publication.
6. The office may close the account if somebody without authority acts for the organisation.`

export const up = (db: QueryInterface) =>
  db.sequelize.query(
    `insert into agreements (version, text_ru, text_en, sha256)
     select 1, $1, $2, $3 where not exists (select from agreements)`,
    { bind: [textRu, textEn, createHash('sha256').update(`${textRu}\n\n${textEn}`).digest('hex')] },
  )

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    alter table agreements disable trigger agreements_frozen;
    delete from agreements where version = 1 and not exists (select from registrations where agreement_id = agreements.id);
    alter table agreements enable trigger agreements_frozen;
  `)
