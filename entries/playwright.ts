export { type DescribeContractOptions, describeContract } from '../contract-tests/playwright.ts'
export { expect, test } from '../mocks/adapters/playwright.ts'
