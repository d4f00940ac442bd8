// Written by `rollcall generate` from royalti.yaml. Do not edit: change the document.
export interface paths {
    "/user/bulk": {
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
         * @description Creates a user for each row it can and names the rows it cannot. Needs the role Admin (user management guide);
         *     how a caller without it is refused is not documented.
         *
         *     Not documented, and assumed here: the e-mail is unique in a workspace, whatever its case, also among the rows of
         *     one call; a row without e-mail is always new; outcomes come in the order of the rows; an empty list is accepted
         *     and creates nobody.
         *
         *     Invitations go out unless `sendEmail` is `false`.
         */
        post: operations["bulkCreateUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List or find users
         * @description One page of the workspace's users. After a bulk creation, search by e-mail: it is the only way to learn the ids.
         */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one user
         * @description One user of the workspace, with the invitation if one was sent.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/bulk/delete": {
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
         * @description Removes users from the workspace by id. Needs the role Admin (user management guide). An id that names nobody is
         *     reported in `failedDeletions` and does not stop the others (assumed).
         */
        post: operations["deleteUsers"];
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
        BulkCreateRequest: {
            /** @description The users to create. How many fit in one call is not documented. */
            users: components["schemas"]["NewUser"][];
            /**
             * @description Whether each created user with an e-mail is sent an invitation. Left out, the mails go out.
             * @default true
             * @example false
             */
            sendEmail?: boolean;
            /**
             * @description Where the invitation leads.
             * @example https://app.example.com/welcome
             */
            redirect_url?: string;
            /**
             * @description A text of your own for the invitation.
             * @example Your royalty statements have a new home.
             */
            message?: string;
        };
        /** @description One row. No member is required, and no vocabulary is enforced. */
        NewUser: {
            /**
             * @description With `lastName`, the name that the reply tells this row by.
             * @example Zoë
             * @example Chinedu
             * @example 陽菜
             */
            firstName?: string;
            /**
             * @description See `firstName`.
             * @example Lindqvist
             * @example Okafor
             * @example 佐藤
             */
            lastName?: string;
            /**
             * @description The name as an artist, or any short name.
             * @example zolind
             */
            nickName?: string;
            /**
             * @description What the user does. The user management guide knows `artist`, `producer`, `writer`, `publisher`, `label`,
             *     `manager`, `engineer`, `band` and `other`; samples also have `Artist`. Read back as an array.
             * @example artist
             * @example producer
             * @example writer
             */
            userType?: string;
            /**
             * @description Optional in the user management guide. An invitation goes here.
             * @example zoe.lindqvist@example.com
             */
            email?: string;
            /**
             * @description Interested Parties Information; a name number has 11 digits. Not checked.
             * @example 00123456790
             */
            ipi?: string;
            /**
             * @description What the user may do in the workspace. The user management guide knows `user` and `admin`; the vendor's API
             *     skill also `guest` and `owner`. What a row without it gets is not documented.
             * @example user
             * @example admin
             */
            role?: string;
            /**
             * @description In international form in all samples.
             * @example +46701740605
             */
            phone?: string;
            /**
             * @description The country's English name, not its code, in all samples.
             * @example Sweden
             * @example Nigeria
             * @example Åland Islands
             */
            country?: string;
        };
        BulkCreateReply: {
            /**
             * @description Always `Done.` in samples, whatever became of the rows.
             * @example Done.
             */
            message: string;
            /** @description The created users, each by first and last name; in the order of the rows (assumed). */
            createdUsers: string[];
            /**
             * @description The created and the already associated users together (assumed: it fits the vendor's samples). Do not take
             *     it for the number of rows, of created users or of errors.
             * @example 3
             */
            processedCount: number;
            /** @description A sentence for each refused row; in the order of the rows, and empty if none was (assumed). */
            errors: string[];
        };
        UserList: {
            /** @example success */
            message: string;
            /** @description The users of this page. */
            Users: components["schemas"]["ListedUser"][];
            /**
             * @description How many users this page holds.
             * @example 3
             */
            count: number;
            /**
             * @description How many users match, on all pages.
             * @example 48
             */
            totalUsers: number;
            /** @description How fresh the balances are, if asked for. Its members are not documented. */
            accountingMetadata?: {
                [key: string]: unknown;
            };
        };
        ListedUser: {
            id: components["schemas"]["UserId"];
            fullName?: components["schemas"]["FullName"];
            /** @example Zoë */
            firstName?: string | null;
            /** @example Lindqvist */
            lastName?: string | null;
            /** @example zoe.lindqvist@example.com */
            email?: string | null;
            /** @example user */
            role?: string | null;
            /**
             * @description An identifier of yours.
             * @example CAT-0417
             */
            externalId?: string | null;
            /** @example Sweden */
            country?: string | null;
            /**
             * Format: date-time
             * @example 2026-11-02T09:15:30.412Z
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @example 2026-11-02T09:15:30.412Z
             */
            updatedAt?: string;
            /** @description The account that the user signs in with; `null` without an e-mail (assumed). */
            User?: {
                /** @example zoe.lindqvist@example.com */
                email?: string | null;
            } | null;
            /** @description The artists that the user is tied to; none after a creation (assumed). */
            Artists?: {
                /**
                 * Format: uuid
                 * @example a900db4d-bb7e-4af7-a3e7-e3db00d8531b
                 */
                id?: string;
                /** @example Northern Lights Trio */
                artistName?: string;
            }[];
        };
        User: {
            id: components["schemas"]["UserId"];
            fullName: components["schemas"]["FullName"];
            /** @example Zoë */
            firstName: string | null;
            /** @example Lindqvist */
            lastName: string | null;
            /** @example zoe.lindqvist@example.com */
            email: string | null;
            /** @example +46701740605 */
            phone?: string | null;
            /** @example Sweden */
            country?: string | null;
            /** @example 00123456790 */
            ipi?: string | null;
            /**
             * @description An identifier of yours.
             * @example CAT-0417
             */
            externalId?: string | null;
            /** @description The membership in the workspace. */
            TenantUser: {
                /**
                 * @description The workspace.
                 * @example 417
                 */
                TenantId: number;
                /** @example zolind */
                nickName: string | null;
                /** @description The row's `userType` as a list; empty for a row without one (assumed). */
                userType: string[];
            };
            /** @description The invitation; `null` if none was sent (assumed), or absent. */
            invite?: {
                /**
                 * Format: uuid
                 * @example 4e3876ce-d22b-4907-ad1d-7b465f9aaff6
                 */
                id: string;
                /**
                 * @example invited
                 * @enum {string}
                 */
                status: "invited" | "joined" | "cancelled";
                /**
                 * Format: date-time
                 * @example 2026-11-02T09:15:30.412Z
                 */
                date: string;
            } | null;
        };
        /**
         * Format: uuid
         * @description The id of the user in the workspace.
         * @example ee8e1110-5c44-4654-8fa2-0a55c4ed891f
         */
        UserId: string;
        /**
         * @description First and last name.
         * @example Zoë Lindqvist
         */
        FullName: string;
        BulkDeleteRequest: {
            /** @description The users to delete. */
            ids: string[];
        };
        BulkDeleteReply: {
            /** @example Done. */
            message: string;
            /**
             * @description How many users were deleted (assumed).
             * @example 2
             */
            processedCount: number;
            /** @description The ids that were not deleted, as they were sent (assumed). */
            failedDeletions: string[];
        };
        Error: {
            /** @constant */
            success: false;
            error: {
                /** @example BAD_REQUEST */
                code: string;
                /** @example The request is not valid. */
                message: string;
                /** @description What is wrong, point by point. */
                details?: string[];
            };
        };
    };
    responses: {
        /** @description The request does not satisfy its schema. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The token is missing, unknown or expired. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The workspace was not found (assumed). */
        WorkspaceNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The workspace has no such user. */
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
         * @description Finds users by a part of their name or e-mail.
         * @example lindqvist
         */
        q: string;
        /**
         * @description Which page, from 1.
         * @example 1
         */
        page: number;
        /**
         * @description How many users a page holds.
         * @example 25
         */
        size: number;
        /**
         * @description The field to sort by.
         * @example createdAt
         */
        sort: "createdAt" | "updatedAt" | "name" | "split";
        /**
         * @description The direction to sort in.
         * @example asc
         */
        order: "asc" | "desc";
        /**
         * @description Keeps users with this role; several are separated by commas.
         * @example user,admin
         */
        role: string;
        /**
         * @description Keeps the user with this identifier of yours.
         * @example CAT-0417
         */
        externalId: string;
        /**
         * @description The fields to answer, separated by commas. The `id` comes with them (assumed).
         * @example firstName,lastName,email
         */
        attributes: string;
        /**
         * @description Adds each user's balance from a cache.
         * @example false
         */
        accounting: "true" | "false";
        /**
         * @description The user's id, as listed.
         * @example ee8e1110-5c44-4654-8fa2-0a55c4ed891f
         */
        id: string;
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
    bulkCreateUsers: {
        failures: "already_associated" | "invalid_email" | "bad_request" | "unauthorized" | "workspace_not_found" | "too_many_requests" | "internal_server_error";
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkCreateRequest"];
            };
        };
        responses: {
            /** @description Created with Errors */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkCreateReply"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["WorkspaceNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    listUsers: {
        failures: "bad_request" | "unauthorized" | "too_many_requests" | "internal_server_error";
        parameters: {
            query?: {
                /**
                 * @description Finds users by a part of their name or e-mail.
                 * @example lindqvist
                 */
                q?: components["parameters"]["q"];
                /**
                 * @description Which page, from 1.
                 * @example 1
                 */
                page?: components["parameters"]["page"];
                /**
                 * @description How many users a page holds.
                 * @example 25
                 */
                size?: components["parameters"]["size"];
                /**
                 * @description The field to sort by.
                 * @example createdAt
                 */
                sort?: components["parameters"]["sort"];
                /**
                 * @description The direction to sort in.
                 * @example asc
                 */
                order?: components["parameters"]["order"];
                /**
                 * @description Keeps users with this role; several are separated by commas.
                 * @example user,admin
                 */
                role?: components["parameters"]["role"];
                /**
                 * @description Keeps the user with this identifier of yours.
                 * @example CAT-0417
                 */
                externalId?: components["parameters"]["externalId"];
                /**
                 * @description The fields to answer, separated by commas. The `id` comes with them (assumed).
                 * @example firstName,lastName,email
                 */
                attributes?: components["parameters"]["attributes"];
                /**
                 * @description Adds each user's balance from a cache.
                 * @example false
                 */
                accounting?: components["parameters"]["accounting"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    getUser: {
        failures: "unauthorized" | "not_found" | "too_many_requests" | "internal_server_error";
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The user's id, as listed.
                 * @example ee8e1110-5c44-4654-8fa2-0a55c4ed891f
                 */
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["UserNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    deleteUsers: {
        failures: "bad_request" | "unauthorized" | "too_many_requests" | "internal_server_error";
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkDeleteRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkDeleteReply"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
}
