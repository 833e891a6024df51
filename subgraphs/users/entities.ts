/** The tables as MikroORM sees them, where the unit of work does the writing; hot paths use SQL on the same tables. */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const AccountEntity = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.string().primary(),
    email: p.string(),
    displayName: p.string(),
    passwordHash: p.string(),
    roles: p.string(),
    admin: p.integer(),
    emailVerifiedAtMs: p.bigint('number').nullable(),
    language: p.string(),
    createdAtMs: p.bigint('number'),
  },
});

export const AddressEntity = defineEntity({
  name: 'Address',
  tableName: 'account_addresses',
  properties: {
    id: p.string().primary(),
    userId: p.string(),
    fullName: p.string(),
    line1: p.string().fieldName('line1'),
    line2: p.string().fieldName('line2').nullable(),
    city: p.string(),
    region: p.string().nullable(),
    postalCode: p.string(),
    countryCode: p.string(),
    phone: p.string().nullable(),
    isDefault: p.integer(),
    createdAtMs: p.bigint('number'),
  },
});

export type AddressRow = InferEntity<typeof AddressEntity>;

export const entities = [AccountEntity, AddressEntity];
