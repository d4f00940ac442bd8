import { describe, expect, it } from 'vitest'
import { buildContract } from '../../../documents/contract/build-contract.ts'
import type { Document } from '../../../documents/read/read-document.ts'
import { findResources } from '../../../documents/resources/find-resources.ts'
import { judgePairs, scorePairs } from './score-pairs.ts'
import { judgeRoles, scoreRoles } from './score-roles.ts'

const pet = { content: { 'application/json': { schema: { type: 'object', properties: { id: { type: 'string' } } } } } }
const reply = { responses: { '200': { description: 'ok', ...pet } } }
const contract = buildContract({
  openapi: '3.1.0',
  info: { title: 'Own', version: '1' },
  paths: {
    '/pets': { 'x-own': { pathType: 'list' }, post: { operationId: 'createPet', requestBody: pet, ...reply } },
    '/pets/{id}': {
      'x-own': { pathType: 'instance' },
      get: { operationId: 'readPet', ...reply },
      delete: { operationId: 'removePet', ...reply },
    },
    '/settings': { 'x-own': { pathType: 'list' }, get: { operationId: 'readSettings', ...reply } },
    '/login': { 'x-own': { pathType: 'instance' }, post: { operationId: 'login', ...reply } },
    '/unlabelled': { get: { operationId: 'other', ...reply } },
  },
} as Document)
const resources = findResources(contract)

describe('the score of roles', () => {
  const judged = judgeRoles(contract, resources)

  it('is about the operations of labelled paths', () => {
    expect(judged.map(({ operation }) => operation.operationId)).toEqual([
      'createPet',
      'readPet',
      'removePet',
      'readSettings',
      'login',
    ])
  })

  it('counts what is right, what is wrong, and what was not said', () => {
    expect(scoreRoles(judged)).toEqual({
      labelled: 5,
      right: 3,
      abstained: 1,
      byLabel: { list: { precision: 1, recall: 0.5 }, instance: { precision: 2 / 3, recall: 2 / 3 } },
    })
  })
})

describe('the score of pairs', () => {
  it('counts creations that were found to be read back, and rightly so', () => {
    const judged = judgePairs(resources, [
      { create: 'createPet', read: 'readPet' },
      { create: 'createPet', read: null },
      { create: 'login', read: 'readPet' },
    ])
    expect(judged.map(({ found }) => found)).toEqual(['readPet', 'readPet', undefined])
    expect(scorePairs(judged)).toEqual({ labelled: 3, found: 2, right: 1 })
  })
})
