// Written by `rollcall generate` from descope.yaml. Do not edit: change the document.
export interface paths {
    "/v1/mgmt/user/create/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create many users
         * @description Creates a user for each row it can, and names the rows it cannot; no source says what makes a row fail.
         *
         *     A login ID that is an e-mail address becomes the e-mail, verified; a verified flag that is left out is true if
         *     there is something to verify; phones are normalised, as login IDs too: `+1-555-555-5555` is kept as
         *     `+15555555555` (all observed). The user is `invited` until the first sign-in.
         *
         *     Passwords are never answered: `password` of a user only says that there is one.
         *
         *     Up to 100 calls in 60 seconds per project, then 60 seconds of refusals. How many rows fit is not documented.
         */
        post: operations["createUsersBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mgmt/user/patch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change some fields of a user
         * @description Changes what is sent and keeps the rest (observed: live tests, clients' documentation). Lists replace, and `[]`
         *     clears (observed). `null` keeps, like a member left out; `customAttributes` are merged key by key, and null
         *     removes a key (assumed: no source speaks of either).
         *
         *     A new phone without its verified flag counts as verified (observed), and so does a new e-mail (assumed). No
         *     limit of its own is documented; the general one is 100 calls in 60 seconds.
         */
        patch: operations["patchUser"];
        trace?: never;
    };
    "/v1/mgmt/user/patch/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change some fields of many users
         * @description Changes each user as `patchUser` does, and names the rows it cannot; no source says what makes a row fail. A row
         *     sees what the rows before it have changed (assumed).
         *
         *     How many rows fit is not documented, nor a limit of its own; the general one is 100 calls in 60 seconds.
         */
        patch: operations["patchUsersBatch"];
        trace?: never;
    };
    "/v1/mgmt/user/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace a user's details
         * @description Replaces the details: whatever is left out is removed, so load the user first. The user ID stays, and so do the
         *     status (observed) and the login IDs (assumed) if they are left out.
         *
         *     Up to 200 calls in 60 seconds per project, then 60 seconds of refusals.
         */
        post: operations["updateUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mgmt/user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Load a user
         * @description One user, by a login ID or by the user ID. Live tests load right after writing, without waiting. Fields without
         *     a value come back empty, not missing (assumed).
         */
        get: operations["loadUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/mgmt/user/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find users
         * @description The users that satisfy every filter sent; `{}` finds all. Within a list, one match is enough. Test users stay
         *     out unless asked for.
         *
         *     A search may lag behind writes: live tests of descope-dotnet repeat it until it finds what was written. Up to
         *     200 calls in 60 seconds per project, then 60 seconds of refusals.
         */
        post: operations["searchUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mgmt/user/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete a user
         * @description Removes one user, by a login ID or by the user ID. It cannot be undone.
         */
        post: operations["deleteUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mgmt/user/delete/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete many users
         * @description Removes users by user ID. An ID that names nobody is passed over (assumed). It cannot be undone.
         */
        post: operations["deleteUsersBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        PatchUserRequest: {
            /**
             * @description A login ID of the user, or the user ID (observed).
             * @example amara.okonkwo@example.com
             */
            loginId?: string;
            /**
             * @description The user ID, instead of a login ID.
             * @example U2xwxRfbVTTkf3LoCS19ET0KGpg3
             */
            userId?: string;
            /**
             * @description Where mail goes. Other users may have the same one.
             * @example amara.okonkwo@example.com
             * @example lea.dubois+news@example.com
             */
            email?: string | null;
            /**
             * @description With country code; kept without spaces and dashes (observed). Other users may have the same one.
             * @example +2348031230017
             * @example +33-6-39-98-00-17
             */
            phone?: string | null;
            /**
             * @description Whether the e-mail counts as verified. Left out beside a new e-mail, it does (observed).
             * @example true
             */
            verifiedEmail?: boolean | null;
            /**
             * @description Whether the phone counts as verified. Left out beside a new phone, it does (observed).
             * @example true
             */
            verifiedPhone?: boolean | null;
            /**
             * @description The name to show.
             * @example Amara Okonkwo
             * @example Léa Dubois
             * @example 田中 健二
             */
            name?: string | null;
            /**
             * @description The same as `name`, as most clients send it.
             * @example Amara Okonkwo
             */
            displayName?: string | null;
            /**
             * @example Amara
             * @example Léa
             * @example 健二
             */
            givenName?: string | null;
            /** @example Chidinma */
            middleName?: string | null;
            /**
             * @example Okonkwo
             * @example Dubois
             * @example 田中
             */
            familyName?: string | null;
            /**
             * @description Where a portrait is.
             * @example https://cdn.example.com/portraits/amara.png
             */
            picture?: string | null;
            /**
             * @description Any JSON value in the vendor's schema. Clients send the list of the user's roles, which replaces the roles;
             *     `[]` clears them (observed).
             * @example [
             *       "Editor",
             *       "Billing"
             *     ]
             * @example []
             */
            roleNames?: unknown;
            /**
             * @description Any JSON value in the vendor's schema. Clients send the list of the user's tenants, each with `tenantId` and
             *     `roleNames`, which replaces the memberships (observed).
             * @example [
             *       {
             *         "tenantId": "T2beSnJIWWfIrzEBVmKNxaLS0klz",
             *         "roleNames": [
             *           "Editor"
             *         ]
             *       }
             *     ]
             * @example []
             */
            userTenants?: unknown;
            /**
             * @description Any JSON value in the vendor's schema. Clients send the list of the applications that the user may open,
             *     which replaces the list (observed).
             * @example [
             *       "SA2gvFbYhzbcZUXqnVcJE8goJtzNZ"
             *     ]
             * @example []
             */
            ssoAppIds?: unknown;
            /** @description The same as `ssoAppIds`, as the clients for Go, Python and Java send it. */
            ssoAppIDs?: string[] | null;
            /**
             * @description Whether the user may sign in.
             * @example enabled
             * @enum {string|null}
             */
            status?: "enabled" | "disabled" | "invited" | "expired" | null;
            /**
             * @description Values of attributes that the project has defined.
             * @example {
             *       "department": "Field",
             *       "badge": 4711,
             *       "remote": true,
             *       "languages": [
             *         "en",
             *         "ig"
             *       ]
             *     }
             */
            customAttributes?: {
                [key: string]: components["schemas"]["AttributeValue"];
            } | null;
            /** @description More login IDs, each unique in the project. */
            additionalIdentifiers?: string[] | null;
            /** @description The same as `additionalIdentifiers`, as most clients send it. */
            additionalLoginIds?: string[] | null;
            /**
             * @description Where a lost account is recovered.
             * @example amara.private@example.net
             */
            recoveryEmail?: string | null;
            /**
             * @description Where a lost account is recovered.
             * @example +2348031230018
             */
            recoveryPhone?: string | null;
            /** @example true */
            verifiedRecoveryEmail?: boolean | null;
            /** @example true */
            verifiedRecoveryPhone?: boolean | null;
            /**
             * @description Whether the user is provisioned by SCIM.
             * @example false
             */
            scim?: boolean | null;
            /**
             * @description Whether this is a test user.
             * @example false
             */
            test?: boolean | null;
        };
        UpdateUserRequest: {
            /**
             * @description A login ID of the user, or the user ID (observed).
             * @example amara.okonkwo@example.com
             */
            loginId?: string;
            /**
             * @description The user ID, instead of a login ID; as in `patchUser`.
             * @example U2xwxRfbVTTkf3LoCS19ET0KGpg3
             */
            userId?: string;
            /**
             * @description Where mail goes. Other users may have the same one.
             * @example amara.okonkwo@example.com
             * @example lea.dubois+news@example.com
             */
            email?: string | null;
            /**
             * @description With country code; kept without spaces and dashes (observed). Other users may have the same one.
             * @example +2348031230017
             * @example +33-6-39-98-00-17
             */
            phone?: string | null;
            /**
             * @description Whether the e-mail counts as verified. Left out beside a new e-mail, it does (observed).
             * @example true
             */
            verifiedEmail?: boolean | null;
            /**
             * @description Whether the phone counts as verified. Left out beside a new phone, it does (observed).
             * @example true
             */
            verifiedPhone?: boolean | null;
            /**
             * @description The name to show.
             * @example Amara Okonkwo
             * @example Léa Dubois
             * @example 田中 健二
             */
            name?: string | null;
            /**
             * @description The same as `name`, as most clients send it.
             * @example Amara Okonkwo
             */
            displayName?: string | null;
            /**
             * @example Amara
             * @example Léa
             * @example 健二
             */
            givenName?: string | null;
            /** @example Chidinma */
            middleName?: string | null;
            /**
             * @example Okonkwo
             * @example Dubois
             * @example 田中
             */
            familyName?: string | null;
            /**
             * @description Where a portrait is.
             * @example https://cdn.example.com/portraits/amara.png
             */
            picture?: string | null;
            /** @description The roles that the user has in the project. */
            roleNames?: string[] | null;
            /** @description The tenants that the user belongs to. */
            userTenants?: components["schemas"]["AssociatedTenant"][] | null;
            /** @description The applications that the user may open. Empty can mean all. */
            ssoAppIds?: string[] | null;
            /** @description The same as `ssoAppIds`, as the clients for Go, Python and Java send it. */
            ssoAppIDs?: string[] | null;
            /**
             * @description Whether the user may sign in.
             * @example enabled
             * @enum {string|null}
             */
            status?: "enabled" | "disabled" | "invited" | "expired" | null;
            /**
             * @description Values of attributes that the project has defined.
             * @example {
             *       "department": "Field",
             *       "badge": 4711,
             *       "remote": true,
             *       "languages": [
             *         "en",
             *         "ig"
             *       ]
             *     }
             */
            customAttributes?: {
                [key: string]: components["schemas"]["AttributeValue"];
            } | null;
            /** @description More login IDs, each unique in the project. */
            additionalIdentifiers?: string[] | null;
            /** @description The same as `additionalIdentifiers`, as most clients send it. */
            additionalLoginIds?: string[] | null;
            /**
             * @description Where a lost account is recovered.
             * @example amara.private@example.net
             */
            recoveryEmail?: string | null;
            /**
             * @description Where a lost account is recovered.
             * @example +2348031230018
             */
            recoveryPhone?: string | null;
            /** @example true */
            verifiedRecoveryEmail?: boolean | null;
            /** @example true */
            verifiedRecoveryPhone?: boolean | null;
            /**
             * @description Whether this is a test user.
             * @example false
             */
            test?: boolean | null;
        };
        PatchUsersRequest: {
            /** @description What to change of each user. How many fit in one call is not documented. */
            users: components["schemas"]["PatchUserRequest"][];
        };
        CreateUsersRequest: {
            /** @description The users to create. How many fit in one call is not documented. */
            users: components["schemas"]["CreateUsers"][];
            /**
             * @description Whether to invite the users. They are `invited` either way; this sends the message.
             * @example true
             */
            invite?: boolean | null;
            /**
             * @description Whether to invite by e-mail. Left out, the project's settings decide.
             * @example true
             */
            sendMail?: boolean | null;
            /**
             * @description Whether to invite by text message. Left out, the project's settings decide.
             * @example false
             */
            sendSMS?: boolean | null;
            /**
             * @description Where the invitation leads. Left out, the project's own address, which must then be set.
             * @example https://app.example.com/welcome
             */
            inviteUrl?: string | null;
            /**
             * @description Values for the placeholders of the message.
             * @example {
             *       "company": "Acme Field Services"
             *     }
             */
            templateOptions?: {
                [key: string]: string;
            } | null;
            /**
             * @description The message to send.
             * @example welcome-2026
             */
            templateId?: string | null;
            /**
             * @description The language of the message.
             * @example fr
             */
            locale?: string | null;
        };
        /** @description One row. What makes a row fail stands in the operation's `x-failures`, not here. */
        CreateUsers: {
            /**
             * @description The main login ID: an e-mail address, a phone or any name. With `invite`, a user ID invites that user again
             *     and creates nobody.
             * @example amara.okonkwo@example.com
             * @example +33-6-39-98-00-17
             * @example kenji.tanaka
             */
            loginId?: string;
            /**
             * @description Where mail goes. Other users may have the same one.
             * @example amara.okonkwo@example.com
             * @example lea.dubois+news@example.com
             */
            email?: string | null;
            /**
             * @description With country code; kept without spaces and dashes (observed). Other users may have the same one.
             * @example +2348031230017
             * @example +33-6-39-98-00-17
             */
            phone?: string | null;
            /**
             * @description Whether the e-mail counts as verified. Left out beside a new e-mail, it does (observed).
             * @example true
             */
            verifiedEmail?: boolean | null;
            /**
             * @description Whether the phone counts as verified. Left out beside a new phone, it does (observed).
             * @example true
             */
            verifiedPhone?: boolean | null;
            /**
             * @description The name to show.
             * @example Amara Okonkwo
             * @example Léa Dubois
             * @example 田中 健二
             */
            name?: string | null;
            /**
             * @description The same as `name`, as most clients send it.
             * @example Amara Okonkwo
             */
            displayName?: string | null;
            /**
             * @example Amara
             * @example Léa
             * @example 健二
             */
            givenName?: string | null;
            /** @example Chidinma */
            middleName?: string | null;
            /**
             * @example Okonkwo
             * @example Dubois
             * @example 田中
             */
            familyName?: string | null;
            /**
             * @description Where a portrait is.
             * @example https://cdn.example.com/portraits/amara.png
             */
            picture?: string | null;
            /** @description The roles that the user has in the project. */
            roleNames?: string[] | null;
            /** @description The tenants that the user belongs to. */
            userTenants?: components["schemas"]["AssociatedTenant"][] | null;
            /** @description The applications that the user may open. Empty can mean all. */
            ssoAppIds?: string[] | null;
            /** @description The same as `ssoAppIds`, as the clients for Go, Python and Java send it. */
            ssoAppIDs?: string[] | null;
            /**
             * @description Whether the user may sign in. Left out, `invited` (observed).
             * @example enabled
             * @enum {string|null}
             */
            status?: "enabled" | "disabled" | "invited" | "expired" | null;
            /**
             * @description Values of attributes that the project has defined.
             * @example {
             *       "department": "Field",
             *       "badge": 4711,
             *       "remote": true,
             *       "languages": [
             *         "en",
             *         "ig"
             *       ]
             *     }
             */
            customAttributes?: {
                [key: string]: components["schemas"]["AttributeValue"];
            } | null;
            /** @description More login IDs, each unique in the project. */
            additionalIdentifiers?: string[] | null;
            /** @description The same as `additionalIdentifiers`, as most clients send it. */
            additionalLoginIds?: string[] | null;
            /**
             * @description Makes a test user, which searches leave out unless asked.
             * @default false
             * @example true
             */
            test?: boolean | null;
            /**
             * @description A password in the clear. Never answered.
             * @example correct horse battery staple
             */
            password?: string | null;
            hashedPassword?: components["schemas"]["HashedPassword"];
            /**
             * @description The secret of an authenticator app (TOTP). Never answered.
             * @example UDYUSCRA2AQRZGL3IS6DK7QZOLPKXCXD
             */
            seed?: string | null;
            /**
             * Format: int32
             * @description When the user was created elsewhere, in seconds since 1970 (assumed, as in responses).
             * @example 1741080125
             */
            createdTime?: number | null;
            /**
             * @description Where a lost account is recovered.
             * @example amara.private@example.net
             */
            recoveryEmail?: string | null;
            /**
             * @description Where a lost account is recovered.
             * @example +2348031230018
             */
            recoveryPhone?: string | null;
            /** @example true */
            verifiedRecoveryEmail?: boolean | null;
            /** @example true */
            verifiedRecoveryPhone?: boolean | null;
        };
        /**
         * @description A password hash from elsewhere, in exactly one format. Never answered.
         * @example {
         *       "bcrypt": {
         *         "hash": "$2a$10$erB5dESMt6duLd/ZyhVvSHP2OO..YZTTjmXYVXvkAszTQfGok.pGl"
         *       }
         *     }
         */
        HashedPassword: {
            bcrypt?: {
                /**
                 * @description The text that bcrypt makes, with version, cost and salt.
                 * @example $2a$10$erB5dESMt6duLd/ZyhVvSHP2OO..YZTTjmXYVXvkAszTQfGok.pGl
                 */
                hash: string;
            };
            django?: {
                /**
                 * @description The text that Django keeps, with the algorithm in front.
                 * @example pbkdf2_sha256$260000$seasalt$XUD1NGB6CWJAMQjnLCzOJd2D7vUIyVVWen5Ryy6leco=
                 */
                hash: string;
            };
            firebase?: {
                hash: components["schemas"]["Bytes"];
                salt: components["schemas"]["Bytes"];
                saltSeparator: components["schemas"]["Bytes"];
                signerKey: components["schemas"]["Bytes"];
                memory: components["schemas"]["UnsignedInteger"];
                rounds: components["schemas"]["UnsignedInteger"];
            };
            pbkdf2?: {
                hash: components["schemas"]["Bytes"];
                salt: components["schemas"]["Bytes"];
                iterations: components["schemas"]["UnsignedInteger"];
                /**
                 * @example sha256
                 * @enum {string}
                 */
                type: "sha1" | "sha256" | "sha512";
            };
            phpass?: {
                /**
                 * @description In phpass' own base64 alphabet.
                 * @example rl7mV76UFeArxAzsu/3DVX
                 */
                hash: string;
                /**
                 * @description In phpass' own base64 alphabet.
                 * @example Nd5qre5L
                 */
                salt: string;
                iterations: components["schemas"]["UnsignedInteger"];
                /**
                 * @example md5
                 * @enum {string}
                 */
                type: "md5" | "sha512";
            };
            md5?: {
                /**
                 * @description In hexadecimal.
                 * @example 9dd4e461268c8034f5c8564e155c67a6
                 */
                hash: string;
            };
            sha?: {
                /**
                 * @description In hexadecimal; of the password's bytes followed by the salt's (observed).
                 * @example a1fce4363854ff888cff4b8e7875d600c2682390412a8cf79b37d0b11148b0fa
                 */
                hash: string;
                /** @example c0ffee17 */
                salt?: string;
                /**
                 * @example sha256
                 * @enum {string}
                 */
                type: "sha1" | "sha256" | "sha512";
            };
            argon2?: {
                hash: components["schemas"]["Bytes"];
                salt: components["schemas"]["Bytes"];
                iterations: components["schemas"]["UnsignedInteger"];
                memory: components["schemas"]["UnsignedInteger"];
                threads: components["schemas"]["UnsignedInteger"];
                /** @example argon2id */
                type?: string;
            };
            bach?: {
                /** @example 5f1d7a84db00d2fce00b31a7fc73224f */
                hash: string;
                /** @example k-2019 */
                key: string;
            };
            buddyauth?: {
                /**
                 * @description The text that buddy-auth makes, with the algorithm in front.
                 * @example bcrypt+sha512$9dd4e461268c8034f5c8564e155c67a6$12$LDpCSddwcAWGSdvYItyveVdYb85CjPssqIuUdB7aiwc
                 */
                hash: string;
            };
        } | null;
        /**
         * @description Bytes in base64, padded.
         * @example cm9sbGNhbGwtc2FsdC0wMQ==
         */
        Bytes: string;
        /**
         * @example 14
         * @example 100000
         */
        UnsignedInteger: number;
        /**
         * @example Field
         * @example 4711
         * @example true
         * @example [
         *       "en",
         *       "ig"
         *     ]
         */
        AttributeValue: string | number | boolean | string[] | null;
        /** @description A membership in a tenant. */
        AssociatedTenant: {
            /** @example T2beSnJIWWfIrzEBVmKNxaLS0klz */
            tenantId?: string;
            /** @description The roles that the user has in this tenant. */
            roleNames?: string[];
        };
        SearchUsersRequest: {
            /**
             * Format: int32
             * @description How many users a page holds. 0 counts as left out (observed).
             * @default 100
             * @example 25
             */
            limit?: number;
            /**
             * Format: int32
             * @description Which page, from 0.
             * @example 0
             */
            page?: number;
            /**
             * Format: int32
             * @description How many users to pass over. If greater than 0, it goes before `page`.
             * @example 50
             */
            offset?: number;
            /**
             * @description Words to find in a user's fields.
             * @example okonkwo
             */
            text?: string;
            /**
             * @description Keeps the user with this login ID.
             * @example amara.okonkwo@example.com
             */
            loginId?: string;
            /** @description Keeps users with one of these login IDs. */
            loginIds?: string[];
            /** @description Keeps users with one of these user IDs. */
            userIds?: string[];
            /** @description Keeps users with one of these e-mails. */
            emails?: string[];
            /** @description Keeps users with one of these phones. */
            phones?: string[];
            /** @description Keeps users with one of these statuses. */
            statuses?: ("enabled" | "disabled" | "invited" | "expired")[];
            /** @description Keeps users with one of these roles. */
            roleNames?: string[];
            /** @description Keeps members of one of these tenants. */
            tenantIds?: string[];
            /**
             * @description Whether members of the tenants' own sub-tenants count too.
             * @example false
             */
            includeSubTenants?: boolean;
            /** @description By tenant id, the ids of roles that users must have there. */
            tenantRoleIds?: {
                [key: string]: components["schemas"]["TenantRoles"];
            };
            /**
             * @description By tenant id, the names of roles that users must have there.
             * @example {
             *       "T2beSnJIWWfIrzEBVmKNxaLS0klz": {
             *         "values": [
             *           "Editor",
             *           "Billing"
             *         ],
             *         "and": false
             *       }
             *     }
             */
            tenantRoleNames?: {
                [key: string]: components["schemas"]["TenantRoles"];
            };
            /** @description Keeps users who may open one of these applications. */
            ssoAppIds?: string[];
            /**
             * @description By attribute, the value to have; a list is a choice. Values are strings, whole numbers, booleans or lists of
             *     them.
             * @example {
             *       "department": [
             *         "Field",
             *         "Office"
             *       ],
             *       "remote": true
             *     }
             */
            customAttributes?: {
                [key: string]: unknown;
            };
            /**
             * @description Keeps users whose e-mail is verified, or is not.
             * @example true
             */
            verifiedEmail?: boolean;
            /**
             * @description Keeps users whose phone is verified, or is not.
             * @example true
             */
            verifiedPhone?: boolean;
            /**
             * @description Lets test users in.
             * @example true
             */
            withTestUser?: boolean;
            /**
             * @description Keeps test users alone.
             * @default false
             * @example true
             */
            testUsersOnly?: boolean;
            /**
             * @description A time in milliseconds since 1970, unlike the times of a user.
             * @example 1748736000000
             */
            fromCreatedTime?: string | number;
            /**
             * @description A time in milliseconds since 1970, unlike the times of a user.
             * @example 1748736000000
             */
            toCreatedTime?: string | number;
            /**
             * @description A time in milliseconds since 1970, unlike the times of a user.
             * @example 1748736000000
             */
            fromModifiedTime?: string | number;
            /**
             * @description A time in milliseconds since 1970, unlike the times of a user.
             * @example 1748736000000
             */
            toModifiedTime?: string | number;
            /** @description What to sort by, the first first. */
            sort?: {
                /**
                 * @description Known are `id`, `modifiedTime`, `createdTime`, `externalId`, `displayName`, `tenant`, `phoneNumber`,
                 *     `email` and `status`.
                 * @example createdTime
                 */
                field?: string;
                /** @example true */
                desc?: boolean;
            }[];
            /**
             * @description Keeps users who come from single sign-on.
             * @default false
             * @example true
             */
            ssoOnly?: boolean;
            /**
             * @description Keeps users whom SCIM created or changed.
             * @example true
             */
            scimOnly?: boolean;
            /** @example true */
            password?: boolean;
            /** @example true */
            totp?: boolean;
            /** @example true */
            webauthn?: boolean;
            /** @example true */
            scim?: boolean;
            selectedColumns?: string[];
        };
        TenantRoles: {
            values?: string[];
            /**
             * @description Whether all of them are needed, not just one.
             * @example false
             */
            and?: boolean;
        };
        DeleteUserRequest: {
            /**
             * @description A login ID of the user, or the user ID (observed).
             * @example amara.okonkwo@example.com
             */
            loginId?: string;
            /**
             * @description The user ID, instead of a login ID.
             * @example U2xwxRfbVTTkf3LoCS19ET0KGpg3
             */
            userId?: string;
        };
        DeleteUsersRequest: {
            /** @description The users to delete, by user ID alone. */
            userIds: string[];
        };
        UserResponse: {
            user: components["schemas"]["ResponseUser"];
            /**
             * @description Whether the call created the user; here never (assumed).
             * @example false
             */
            created: boolean;
        };
        LoadUserResponse: {
            user: components["schemas"]["ResponseUser"];
        };
        SearchUsersResponse: {
            /** @description The users of this page. */
            users: components["schemas"]["ResponseUser"][];
            /**
             * @description How many users match, on all pages (assumed).
             * @example 3
             */
            total: number;
        };
        CreateUsersResponse: {
            /** @description The created users; in the order of the rows (assumed). */
            createdUsers: components["schemas"]["ResponseUser"][];
            /** @description The rows that failed; in their order, and empty if none did (assumed). */
            failedUsers: components["schemas"]["FailedUser"][];
            /**
             * @description More errors, by a key that is not documented.
             * @example {}
             */
            additionalErrors: {
                [key: string]: string;
            };
        };
        PatchUsersResponse: {
            /** @description The changed users; in the order of the rows (assumed). */
            patchedUsers: components["schemas"]["ResponseUser"][];
            /** @description The rows that failed; in their order, and empty if none did (assumed). */
            failedUsers: components["schemas"]["FailedUser"][];
            /**
             * @description More errors, by a key that is not documented.
             * @example {}
             */
            additionalErrors: {
                [key: string]: string;
            };
        };
        FailedUser: {
            /**
             * @description Why, in words. There is no code.
             * @example A login ID is already in use
             */
            failure: string;
            /** @description The row as a user, without user ID (assumed). */
            user: components["schemas"]["ResponseUser"];
        };
        ResponseUser: {
            /** @description The main login ID and the additional ones. */
            loginIds: string[];
            /** @description The same as `loginIds` (observed). */
            externalIds: string[];
            /**
             * @description Given by the service, for good.
             * @example U2xwxRfbVTTkf3LoCS19ET0KGpg3
             */
            userId: string;
            /**
             * @description The name to show; never called `displayName` here.
             * @example Amara Okonkwo
             */
            name: string;
            /** @example Amara */
            givenName: string;
            /** @example Chidinma */
            middleName: string;
            /** @example Okonkwo */
            familyName: string;
            /** @example amara.okonkwo@example.com */
            email: string;
            /**
             * @description Normalised (observed).
             * @example +2348031230017
             */
            phone: string;
            /** @example true */
            verifiedEmail: boolean;
            /** @example true */
            verifiedPhone: boolean;
            /** @example https://cdn.example.com/portraits/amara.png */
            picture: string;
            roleNames: string[];
            permissions: string[];
            userTenants: components["schemas"]["UserTenant"][];
            /** @description The applications that the user may open; empty can mean all. */
            ssoAppIds: string[];
            /**
             * @example invited
             * @enum {string}
             */
            status: "enabled" | "disabled" | "invited" | "expired";
            /**
             * @default false
             * @example false
             */
            test: boolean;
            /**
             * @example {
             *       "department": "Field",
             *       "badge": 4711,
             *       "remote": true
             *     }
             */
            customAttributes: {
                [key: string]: unknown;
            };
            /**
             * Format: int32
             * @description In seconds since 1970 (observed).
             * @example 1748862930
             */
            createdTime: number;
            /**
             * Format: int32
             * @example 1748862930
             */
            modifiedTime?: number;
            /**
             * @description Whether the user has a password.
             * @example false
             */
            password: boolean;
            /**
             * @description Whether the user has an authenticator app.
             * @example false
             */
            TOTP: boolean;
            /** @example false */
            SAML: boolean;
            /** @example false */
            SCIM: boolean;
            /** @example false */
            OIDC: boolean;
            /**
             * @description By provider, whether the user signs in with it.
             * @example {
             *       "google": true
             *     }
             */
            OAuth: {
                [key: string]: boolean;
            };
            /**
             * @description Whether the user has a passkey.
             * @example false
             */
            webauthn: boolean;
            /** @example false */
            push: boolean;
            /** @example false */
            editable: boolean;
            /**
             * Format: int32
             * @example 0
             */
            consentExpiration: number;
            /** @example amara.private@example.net */
            recoveryEmail?: string;
            /** @example +2348031230018 */
            recoveryPhone?: string;
            /** @example false */
            verifiedRecoveryEmail?: boolean;
            /** @example false */
            verifiedRecoveryPhone?: boolean;
        };
        /** @description A membership in a tenant. */
        UserTenant: {
            /** @example T2beSnJIWWfIrzEBVmKNxaLS0klz */
            tenantId: string;
            /** @example Acme Field Services */
            tenantName: string;
            roleNames: string[];
            permissions: string[];
        };
        /** @description An empty object. */
        EmptyResponse: Record<string, never>;
        Error: {
            /**
             * @description An `E` and six digits.
             * @example E011002
             */
            errorCode: string;
            /**
             * @description What kind of error it is.
             * @example Missing arguments
             */
            errorDescription: string;
            /**
             * @description What exactly is wrong.
             * @example loginId or userId is required
             */
            errorMessage?: string;
        };
    };
    responses: {
        /** @description The request is malformed, incomplete or not valid. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request is malformed, incomplete or not valid, or takes an identifier of another user. */
        BadChange: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request does not say which user, or names two. */
        BadIdentifier: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request is malformed or not valid, does not say which user, or names two. */
        BadDeletion: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request is malformed or not valid. */
        BadSearch: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The credential is missing, has no colon, or is not let in. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The project has no such user. */
        UserNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Too many requests; wait, then try again. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The service failed. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /**
         * @description A login ID of the user, or the user ID (observed). This or `userId` is needed (assumed).
         * @example amara.okonkwo@example.com
         */
        loginId: string;
        /**
         * @description The user ID.
         * @example U2xwxRfbVTTkf3LoCS19ET0KGpg3
         */
        userId: string;
    };
    requestBodies: never;
    headers: {
        /** @description Seconds to wait before the next try. */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createUsersBatch: {
        failures: "login_id_exists" | "missing_login_id" | "password_conflict" | "E011001" | "E011002" | "E011003" | "E111119" | "E130429" | "E010000";
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUsersRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateUsersResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    patchUser: {
        failures: "E011001" | "E011002" | "E011003" | "E011004" | "E111127" | "E111119" | "E112102" | "E130429" | "E010000";
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchUserRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
            400: components["responses"]["BadChange"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["UserNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    patchUsersBatch: {
        failures: "user_not_found" | "missing_identifier" | "identifier_taken" | "invalid_arguments" | "E011001" | "E011002" | "E011003" | "E111119" | "E130429" | "E010000";
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchUsersRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatchUsersResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    updateUser: {
        failures: "E011001" | "E011002" | "E011003" | "E011004" | "E111127" | "E111119" | "E112102" | "E130429" | "E010000";
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateUserRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
            400: components["responses"]["BadChange"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["UserNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    loadUser: {
        failures: "E011002" | "E011004" | "E111119" | "E112102" | "E130429" | "E010000";
        parameters: {
            query?: {
                /**
                 * @description A login ID of the user, or the user ID (observed). This or `userId` is needed (assumed).
                 * @example amara.okonkwo@example.com
                 */
                loginId?: components["parameters"]["loginId"];
                /**
                 * @description The user ID.
                 * @example U2xwxRfbVTTkf3LoCS19ET0KGpg3
                 */
                userId?: components["parameters"]["userId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoadUserResponse"];
                };
            };
            400: components["responses"]["BadIdentifier"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["UserNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    searchUsers: {
        failures: "E011001" | "E011003" | "E111119" | "E130429" | "E010000";
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchUsersRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchUsersResponse"];
                };
            };
            400: components["responses"]["BadSearch"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    deleteUser: {
        failures: "E011001" | "E011002" | "E011003" | "E011004" | "E111119" | "E112102" | "E130429" | "E010000";
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteUserRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyResponse"];
                };
            };
            400: components["responses"]["BadDeletion"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["UserNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    deleteUsersBatch: {
        failures: "E011001" | "E011002" | "E011003" | "E111119" | "E130429" | "E010000";
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteUsersRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
}
