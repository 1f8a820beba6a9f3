/** The centres that certify as a committee; the first one also receives certificates and signs them. */
export const CENTRES = ["centre-1", "centre-2", "centre-3"] as const;
export const RECEIVING = CENTRES[0];

/** How many centres must approve. */
export const CENTRE_THRESHOLD = 2;

/** The committee's only epoch. */
export const CENTRE_EPOCH = 1;

/** Who applies: a merchant's device, one that nobody vouches for, and the merchant's host for its devices. */
export const DEVICE = "device-1";
export const STRANGER = "device-2";
export const GATEWAY = "gateway";

/** The stories of certificates. */
export const certificateStoryIds = {
  centres: "centres",
  certify: "certify",
  refuse: "refuse",
  tls: "tls",
  update: "update",
  revoke: "revoke",
} as const;

/** After each of these the receiving centre tells the others how far things are. */
export const milestones = ["certify", "tls", "update", "revoke"] as const;
