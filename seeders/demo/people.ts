/** Invented sellers, clients and staff of the demo offices; all requisites have right check digits. */
import type { Country } from '../../src/domain/requisites/country.ts'

export type DemoOrganisation = Readonly<{
  country: Country
  kind: 'legal' | 'entrepreneur' | 'authority'
  name: string
  taxId: string
  kpp?: string
  registrationNumber?: string
  legalAddress: string
  phone: string
  email?: string
  headName: string
  headPosition: string
  contract: string
}>

export type DemoOffice = DemoOrganisation &
  Readonly<{
    accountantName: string
    accountingEmail: string
    timezone: string
    bank: {
      bic: string
      bankName: string
      correspondentAccount?: string
      account: string
      currency: 'RUB' | 'KZT' | 'BYN'
    }
  }>

export const offices = {
  north: {
    country: 'RU',
    kind: 'legal',
    name: 'ООО «Центр сертификации „Север“»',
    taxId: '7812345675',
    kpp: '781201001',
    registrationNumber: '1057812345678',
    legalAddress: '196084, г. Санкт-Петербург, ул. Заставская, д. 7, оф. 312',
    phone: '+7 812 555-01-00',
    email: 'office@sever.example',
    headName: 'Громова Елена Викторовна',
    headPosition: 'Генеральный директор',
    contract: '',
    accountantName: 'Лапина Ирина Олеговна',
    accountingEmail: 'buh@sever.example',
    timezone: 'Europe/Moscow',
    bank: {
      bic: '044525225',
      bankName: 'ПАО Сбербанк',
      correspondentAccount: '30101810400000000225',
      account: '40702810200000012345',
      currency: 'RUB',
    },
  },
  alatau: {
    country: 'KZ',
    kind: 'legal',
    name: 'ТОО «Алатау-Серт»',
    taxId: '120340012345',
    legalAddress: '050000, г. Алматы, пр. Достык, д. 12',
    phone: '+7 727 355-01-00',
    email: 'office@alatau.example',
    headName: 'Сейтова Айгуль Маратовна',
    headPosition: 'Директор',
    contract: '',
    accountantName: 'Ким Ольга Сергеевна',
    accountingEmail: 'buh@alatau.example',
    timezone: 'Asia/Almaty',
    bank: {
      bic: 'KCJBKZKX',
      bankName: 'АО «Банк ЦентрКредит»',
      account: 'KZ75125KZT1001300335',
      currency: 'KZT',
    },
  },
} satisfies Record<string, DemoOffice>

export const clients: Readonly<Record<keyof typeof offices, readonly DemoOrganisation[]>> = {
  north: [
    {
      country: 'RU',
      kind: 'legal',
      name: 'ООО «Экспертиза»',
      taxId: '7801234564',
      kpp: '780101001',
      registrationNumber: '1027801234560',
      legalAddress: '190000, г. Санкт-Петербург, наб. реки Мойки, д. 58',
      phone: '+7 812 555-01-20',
      email: 'buh@ekspertiza.example',
      headName: 'Орлов Павел Ильич',
      headPosition: 'Генеральный директор',
      contract: 'КВС-52',
    },
    {
      country: 'RU',
      kind: 'legal',
      name: 'АО «Полюс-Сервис»',
      taxId: '7705123452',
      kpp: '770501001',
      registrationNumber: '1037705123455',
      legalAddress: '115035, г. Москва, ул. Садовническая, д. 14',
      phone: '+7 495 555-02-30',
      email: 'info@polus-service.example',
      headName: 'Белов Артём Андреевич',
      headPosition: 'Генеральный директор',
      contract: '114/26',
    },
    {
      country: 'RU',
      kind: 'entrepreneur',
      name: 'ИП Ахметова Диана Салаватовна',
      taxId: '780123456724',
      registrationNumber: '312780123456787',
      legalAddress: '198097, г. Санкт-Петербург, ул. Маршала Говорова, д. 35',
      phone: '+7 921 555-03-41',
      email: 'ahmetova@ip.example',
      headName: 'Ахметова Диана Салаватовна',
      headPosition: 'Индивидуальный предприниматель',
      contract: 'КВС-61',
    },
    {
      country: 'RU',
      kind: 'legal',
      name: 'ООО «Метиз Сервис»',
      taxId: '3525123456',
      kpp: '352501001',
      registrationNumber: '1063525123452',
      legalAddress: '160000, г. Вологда, ул. Мира, д. 9',
      phone: '+7 8172 55-01-29',
      email: 'office@metiz.example',
      headName: 'Зайцев Олег Петрович',
      headPosition: 'Директор',
      contract: 'КВС-70',
    },
    {
      country: 'RU',
      kind: 'legal',
      name: 'ООО «Гранит»',
      taxId: '6901123457',
      kpp: '690101001',
      registrationNumber: '1076901123452',
      legalAddress: '170100, г. Тверь, ул. Советская, д. 3',
      phone: '+7 4822 55-14-14',
      email: 'granit@granit.example',
      headName: 'Ершова Марина Юрьевна',
      headPosition: 'Директор',
      contract: 'КВС-74',
    },
    {
      country: 'RU',
      kind: 'legal',
      name: 'ООО «Волга-Тест»',
      taxId: '6315123455',
      kpp: '631501001',
      registrationNumber: '1116315123451',
      legalAddress: '443010, г. Самара, ул. Куйбышева, д. 101',
      phone: '+7 846 555-20-01',
      email: 'volga@volga-test.example',
      headName: 'Самойлов Игорь Львович',
      headPosition: 'Генеральный директор',
      contract: 'КВС-77',
    },
    {
      country: 'RU',
      kind: 'authority',
      name: 'ФГБУ «Стандарт»',
      taxId: '5024123459',
      kpp: '502401001',
      registrationNumber: '1045024123451',
      legalAddress: '143400, Московская обл., г. Красногорск, ул. Ленина, д. 2',
      phone: '+7 495 555-88-10',
      email: 'zakupki@standart.example',
      headName: 'Кольцова Вера Николаевна',
      headPosition: 'Директор',
      contract: '0148-26',
    },
    {
      country: 'RU',
      kind: 'legal',
      name: 'МУП «Водоканал» г. Энска',
      taxId: '2312123450',
      kpp: '231201001',
      registrationNumber: '1082312123453',
      legalAddress: '350000, г. Энск, ул. Речная, д. 1',
      phone: '+7 861 555-44-02',
      headName: 'Тихонов Сергей Аркадьевич',
      headPosition: 'Директор',
      contract: 'КВС-80',
    },
    {
      country: 'RU',
      kind: 'legal',
      name: 'ООО «Ромашка-2000»',
      taxId: '6601123456',
      kpp: '660101001',
      registrationNumber: '1096601123453',
      legalAddress: '620014, г. Екатеринбург, ул. Малышева, д. 44',
      phone: '+7 343 555-76-30',
      email: 'mail@romashka.example',
      headName: 'Ёлкина Анна Борисовна',
      headPosition: 'Директор',
      contract: 'КВС-83',
    },
    {
      country: 'RU',
      kind: 'legal',
      name: 'ООО «Новые системы»',
      taxId: '5406123450',
      kpp: '540601001',
      registrationNumber: '1105406123459',
      legalAddress: '630099, г. Новосибирск, Красный пр., д. 25',
      phone: '+7 383 555-12-90',
      email: 'hello@newsys.example',
      headName: 'Панов Дмитрий Егорович',
      headPosition: 'Директор',
      contract: 'КВС-88',
    },
  ],
  alatau: [
    {
      country: 'KZ',
      kind: 'legal',
      name: 'ТОО «Алатау Инжиниринг»',
      taxId: '130540023459',
      legalAddress: '010000, г. Астана, ул. Сарайшық, д. 7',
      phone: '+7 7172 55-98-97',
      email: 'info@alatau-eng.example',
      headName: 'Нұрланов Ерлан Қайратұлы',
      headPosition: 'Директор',
      contract: 'KZ-2026-18',
    },
    {
      country: 'KZ',
      kind: 'legal',
      name: 'ТОО «Қазақ Стандарт»',
      taxId: '150640034560',
      legalAddress: '050010, г. Алматы, ул. Абая, д. 40',
      phone: '+7 727 355-21-14',
      email: 'kense@qazstandart.example',
      headName: 'Әлиева Гүлнар Сәкенқызы',
      headPosition: 'Директор',
      contract: 'KZ-2026-21',
    },
  ],
}

export const staff = [
  {
    office: null,
    role: 'administrator',
    email: 'admin@certdesk.example',
    surname: 'Соколов',
    name: 'Антон',
    patronymic: 'Юрьевич',
  },
  {
    office: 'north',
    role: 'operator',
    email: 'operator@certdesk.example',
    surname: 'Ким',
    name: 'Марина',
    patronymic: 'Андреевна',
  },
  {
    office: 'north',
    role: 'accountant',
    email: 'accountant@certdesk.example',
    surname: 'Лапина',
    name: 'Ирина',
    patronymic: 'Олеговна',
  },
  {
    office: null,
    role: 'support',
    email: 'support@certdesk.example',
    surname: 'Дорохов',
    name: 'Илья',
    patronymic: 'Сергеевич',
  },
  {
    office: 'alatau',
    role: 'operator',
    email: 'operator.kz@certdesk.example',
    surname: 'Оспанова',
    name: 'Дана',
    patronymic: 'Ерлановна',
  },
] as const

/** People of the clients: `client` is the place of the organisation in {@link clients}; without it, an applicant. */
export const clientPeople = [
  {
    email: 'client@certdesk.example',
    surname: 'Орлов',
    name: 'Павел',
    patronymic: 'Ильич',
    phone: '+79215550120',
    places: [
      { office: 'north', client: 0, role: 'head' },
      { office: 'north', client: 3, role: 'employee' },
    ],
  },
  {
    email: 'employee@certdesk.example',
    surname: 'Ершова',
    name: 'Нина',
    patronymic: 'Павловна',
    phone: null,
    places: [{ office: 'north', client: 0, role: 'employee' }],
  },
  {
    email: 'applicant@certdesk.example',
    surname: 'Рябов',
    name: 'Кирилл',
    patronymic: null,
    phone: null,
    places: [{ office: 'north', client: null, role: 'applicant' }],
  },
  {
    email: 'newcomer@certdesk.example',
    surname: 'Соколова',
    name: 'Алла',
    patronymic: 'Игоревна',
    phone: null,
    places: [{ office: 'north', client: 0, role: 'employee', state: 'pending' }],
  },
] as const

/** Made up, with check digits that hold. */
export const demoPapers = {
  country: 'RU',
  number: '087-654-303 00',
  birthDate: '1991-03-08',
  documentKind: 'passport',
  series: '4011',
  documentNumber: '200418',
  issuedOn: '2011-04-02',
  issuer: 'ТП № 45 отдела УФМС по Санкт-Петербургу',
} as const
