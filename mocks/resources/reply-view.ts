import { jsonIn } from '../../documents/contract/find-json.ts'
import type { DeclaredReply, MediaType } from '../../documents/contract/operation.ts'
import type { Validate } from '../../documents/contract/table.ts'
import { declaredStatus } from '../engine/check-reply.ts'
import { chooseSuccess } from '../replies/choose-status.ts'
import { composeOnce } from '../replies/compose-body.ts'
import type { Scene } from './kept-resource.ts'
import { validatorOf } from './validator-of.ts'

/** What a reply of an operation may hold, of one status. */
export interface ReplyView {
  readonly status: number
  readonly reply: DeclaredReply | undefined
  /** In which a record can be shown; undefined where there is none. */
  readonly media: MediaType | undefined
  readonly validate: Validate
  /** As the document shows it, or its schema makes it. */
  composed(): unknown
}

/** By scene and status: each call asks for one. */
const views = new WeakMap<Scene, Map<number, ReplyView>>()

/** @param status that of the operation's success, unless told */
export function replyViewOf(scene: Scene, status = chooseSuccess(scene.operation).status): ReplyView {
  let known = views.get(scene)
  if (!known) views.set(scene, (known = new Map()))
  let view = known.get(status)
  if (!view) known.set(status, (view = findView(scene, status)))
  return view
}

function findView({ contract, operation, declared }: Scene, status: number): ReplyView {
  const key = declaredStatus(operation, status)
  const reply = declared.replies.find((one) => one.status === key)
  const media = reply && (jsonIn(reply.content) ?? reply.content[0])
  return {
    status,
    reply,
    media,
    get validate() {
      return validatorOf(contract, media?.schema)
    },
    composed: () => (reply && media ? composeOnce(contract, operation.id, reply, media).value : undefined),
  }
}
