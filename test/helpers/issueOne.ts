import { id, Wallet, ZeroHash } from "ethers";

import {
  applicationIdOf,
  centreAdmissionTypedData,
  certificateActions,
  type Guildhall,
  hashTyped,
  sendAction,
} from "../../sdk/src/index.js";

/** Issues a certificate of a committee of its own, with a centre whose account is given, and gives its id. */
export async function issueOne(hall: Guildhall, account: string, salt = id("centres")): Promise<string> {
  const { committees, certificates, context } = hall;
  const member = new Wallet(id("a centre that decides alone"));
  const config = { members: [member.address], threshold: 1 };
  const { committeeId } = await (await committees.create({ salt, config })).wait();
  const approve = async (digest: string): Promise<string> => {
    const collector = await committees.collect({ committeeId, digest });
    await collector.add({ signature: member.signingKey.sign(digest).serialized });
    return collector.build();
  };
  const issuer = { account, issuerKeyHash: id("an issuer"), issuerIsP256: false };
  const admission = { committeeId, epoch: 1, ...issuer, salt: id("admission") };
  const admitted = await approve(hashTyped(centreAdmissionTypedData(certificates.place, admission)));
  const { centre } = await (await certificates.admitCentre({ ...admission, approval: admitted })).wait();
  const now = Number(await context.clock());
  const application = {
    ...{ committeeId, centre, applicant: member.address, subjectKeyHash: id("a key"), identityHash: id("who") },
    ...{ possessionHash: id("a request"), notBefore: now - 10, notAfter: now + 10 ** 7, deadline: now + 10 ** 4 },
  };
  const contentHash = id("content");
  const about = { committeeId, epoch: 1, applicationId: applicationIdOf(application), approved: true, reason: 0 };
  const approval = await approve(certificates.resultDigest({ ...about, tbsHash: ZeroHash, contentHash }));
  const approved = { epoch: 1, approval };
  const action = certificateActions.issue(certificates.address, { application, contentHash, approved });
  return (await (await sendAction(context, action)).wait()).certificateId;
}
