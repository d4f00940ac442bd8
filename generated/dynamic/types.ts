// Written by `rollcall generate` from dynamic.yaml. Do not edit: change the document.
export interface paths {
    "/environments/{environmentId}/users/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The environment whose users are meant. */
                environmentId: components["parameters"]["environmentId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bulk create users
         * @description Creates the users of the array, each by itself; with `upsert=true` a user that exists is updated instead.
         *     Compare `total` with the rows of `created`, `updated` and `failed`: the status alone says nothing about rows.
         */
        post: operations["bulkCreateUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/environments/{environmentId}/users": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The environment whose users are meant. */
                environmentId: components["parameters"]["environmentId"];
            };
            cookie?: never;
        };
        /**
         * List the users of an environment
         * @description One page of users, and how many there are in all.
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
    "/environments/{environmentId}/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The environment whose users are meant. */
                environmentId: components["parameters"]["environmentId"];
                /** @description The user that is meant. */
                userId: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        /**
         * Get a user
         * @description One user of the environment, by id.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /**
         * Delete a user
         * @description Removes one user of the environment, by id.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        BulkUserCreateRequest: components["schemas"]["InternalUserFields"][];
        /** @description One user to create or update. No member is required. */
        InternalUserFields: {
            alias?: components["schemas"]["OptionalNonEmptyStringWith255MaxLength"];
            firstName?: components["schemas"]["OptionalNonEmptyStringWith255MaxLength"];
            lastName?: components["schemas"]["OptionalNonEmptyStringWith255MaxLength"];
            jobTitle?: components["schemas"]["OptionalNonEmptyStringWith255MaxLength"];
            phoneNumber?: components["schemas"]["OptionalNonEmptyStringWith255MaxLength"];
            /**
             * @description Attributes of your own, in any shape. At most 512 KB; a larger one fails its row (`metadata_size_exceeded`)
             *     and not the request, so this schema sets no limit.
             */
            metadata?: {
                [key: string]: unknown;
            };
            mfaBackupCodeAcknowledgement?: components["schemas"]["MfaBackupCodeAcknowledgement"];
            tShirtSize?: components["schemas"]["OptionalNonEmptyStringWith255MaxLength"];
            team?: components["schemas"]["OptionalNonEmptyStringWith255MaxLength"];
            /** @description Whether the user agreed to the terms of service and the privacy policy. */
            policiesConsent?: boolean;
            country?: components["schemas"]["CountryCode"];
            username?: components["schemas"]["Username"];
            /**
             * @description A Bitcoin address.
             * @example 3FZbgi29cpjq2GjdwV8eyHuJJnkLtktZc5
             */
            btcWallet?: string | null;
            /**
             * @description A Kadena account.
             * @example k:0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF
             */
            kdaWallet?: string | null;
            /**
             * @description A Litecoin address, not in bech32.
             * @example LUttH43tQ4x4qniCKr1Rqo8ESeXFPdv9ax
             */
            ltcWallet?: string | null;
            /**
             * @description A Nervos CKB address.
             * @example ckt1q9876543210abcdefghijklmnopqrstuvwxyz
             */
            ckbWallet?: string | null;
            /**
             * @description A Kaspa address.
             * @example kaspa:qrelgny7sr3vahq69yykxx36m65gvmhryxrlwngfzgu8xkdslum2yxjp3ap8m
             */
            kasWallet?: string | null;
            /**
             * @description A Dogecoin address.
             * @example DPcy35vmuk8GXcfu1vgFFEeij3BuYYJQKB
             */
            dogeWallet?: string | null;
            /** @description Whether the user gets notifications by e-mail. */
            emailNotification?: boolean;
            /** @description Whether the user gets notifications on Discord. */
            discordNotification?: boolean;
            /** @description Whether the user gets newsletters by e-mail. */
            newsletterNotification?: boolean;
            /**
             * Format: date-time
             * @description When the e-mail address was verified. Its presence marks the address as verified: the user may sign in with
             *     it, and a social login whose provider vouches for the same address is linked to this user.
             * @example 2023-11-07T05:31:56Z
             */
            emailVerifiedAt?: string;
            /** @description The e-mail address. Send `emailVerifiedAt` along when you trust it. */
            email?: components["schemas"]["EmailOrEmptyString"];
            /** @description Wallets to create and link to the user. */
            wallets?: components["schemas"]["CreateWalletRequest"][];
            /** @description Accounts at OAuth providers to create and link to the user. */
            oauthAccounts?: components["schemas"]["CreateUserOauthRequest"][];
        };
        CreateWalletRequest: {
            publicWalletAddress: components["schemas"]["WalletPublicKey"];
            chain: components["schemas"]["ChainEnum"];
            walletName: components["schemas"]["NonEmptyStringWith255MaxLength"];
            walletProvider: components["schemas"]["WalletProviderEnum"];
            additionalWalletAddresses?: components["schemas"]["WalletAdditionalAddress"][];
        };
        CreateUserOauthRequest: {
            provider: components["schemas"]["ProviderEnum"];
            accountId: components["schemas"]["NonEmptyStringWith255MaxLength"];
            emails?: components["schemas"]["EmailOrEmptyString"][];
            displayName?: components["schemas"]["OptionalNonEmptyStringWith255MaxLength"];
            username?: components["schemas"]["OptionalNonEmptyStringWith255MaxLength"];
            photos?: string[];
            /** @description What else the provider tells, in any shape. */
            profile?: {
                [key: string]: unknown;
            };
        };
        /** @description What became of each row. No member is required. */
        BulkUserCreateResponse: {
            /** @description Users that are new. */
            created?: components["schemas"]["User"][];
            /** @description Users that existed and were changed. */
            updated?: components["schemas"]["User"][];
            /** @description Rows that neither created nor updated a user. Nothing points back to the row but the user's data. */
            failed?: components["schemas"]["BulkUserCreateFailure"][];
            /**
             * @description How many rows the request had.
             * @example 123
             */
            total?: number;
        };
        BulkUserCreateFailure: {
            /** @description The user of the row. Its id, for a user that was not created, names nobody (our assumption). */
            user?: components["schemas"]["User"];
            /** @example Resources already exists for this Object */
            error?: string;
            code?: components["schemas"]["UnprocessableEntityErrorCode"];
        };
        UsersResponse: {
            /** @description How many users there are in all, on this page or not. */
            count?: number;
            users?: components["schemas"]["User"][];
        };
        UserResponse: {
            user?: components["schemas"]["User"];
        };
        User: {
            id: components["schemas"]["Uuid"];
            projectEnvironmentId: components["schemas"]["Uuid"];
            verifiedCredentials?: components["schemas"]["JwtVerifiedCredential"][];
            lastVerifiedCredentialId?: components["schemas"]["Uuid"];
            sessionId?: components["schemas"]["Uuid"];
            alias?: components["schemas"]["OptionalNullableNonEmptyStringWith255MaxLength"];
            country?: components["schemas"]["CountryCode"];
            /**
             * Format: email
             * @example jsmith@example.com
             */
            email?: string | null;
            firstName?: components["schemas"]["OptionalNullableNonEmptyStringWith255MaxLength"];
            jobTitle?: components["schemas"]["OptionalNullableNonEmptyStringWith255MaxLength"];
            lastName?: components["schemas"]["OptionalNullableNonEmptyStringWith255MaxLength"];
            phoneNumber?: string | null;
            policiesConsent?: boolean | null;
            tShirtSize?: components["schemas"]["OptionalNullableNonEmptyStringWith255MaxLength"];
            team?: components["schemas"]["OptionalNullableNonEmptyStringWith255MaxLength"];
            username?: components["schemas"]["OptionalNullableNonEmptyStringWith255MaxLength"];
            /** Format: date-time */
            firstVisit?: string;
            /** Format: date-time */
            lastVisit?: string;
            newUser?: boolean;
            metadata?: {
                [key: string]: unknown;
            };
            mfaBackupCodeAcknowledgement?: components["schemas"]["MfaBackupCodeAcknowledgement"];
            btcWallet?: string | null;
            kdaWallet?: string | null;
            ltcWallet?: string | null;
            ckbWallet?: string | null;
            kasWallet?: string | null;
            dogeWallet?: string | null;
            emailNotification?: boolean | null;
            discordNotification?: boolean | null;
            newsletterNotification?: boolean | null;
            /** @description The access lists that were looked at for this user. */
            lists?: string[];
            /**
             * @description Permissions of the user's token, with white space between them.
             * @example superuser marketing operations
             */
            scope?: string;
            /** @description What the environment requires of a user and this one has not given yet. */
            missingFields?: components["schemas"]["ProjectSettingsKyc"][];
            walletPublicKey?: string;
            wallet?: string;
            chain?: components["schemas"]["ChainEnum"];
            /** Format: date-time */
            createdAt?: string;
            /** Format: date-time */
            updatedAt?: string;
            sessions?: components["schemas"]["Session"][];
            wallets?: components["schemas"]["Wallet"][];
            chainalysisChecks?: components["schemas"]["ChainalysisCheck"][];
            oauthAccounts?: components["schemas"]["OAuthAccount"][];
            mfaDevices?: components["schemas"]["MFADevice"][];
        };
        /** @description Something the user can be recognised by. Which members are present depends on `format`. */
        JwtVerifiedCredential: {
            /** @example 95b11417-f18f-457f-8804-68e361f9164f */
            id: string;
            format: components["schemas"]["JwtVerifiedCredentialFormatEnum"];
            /** @description Whether the user may sign in with it. */
            signInEnabled: boolean;
            address?: components["schemas"]["WalletPublicKey"];
            /** @description The chain of a wallet. */
            chain?: string;
            refId?: components["schemas"]["Uuid"];
            signerRefId?: components["schemas"]["Uuid"];
            /**
             * Format: email
             * @example jsmith@example.com
             */
            email?: string;
            name_service?: components["schemas"]["NameServiceData"];
            /** @description What people would call it, such as the address of an e-mail credential. */
            public_identifier?: string;
            wallet_name?: string;
            wallet_provider?: components["schemas"]["WalletProviderEnum"];
            wallet_properties?: components["schemas"]["WalletProperties"];
            oauth_provider?: components["schemas"]["ProviderEnum"];
            oauth_username?: string;
            oauth_display_name?: string | null;
            oauth_account_id?: string | null;
            /**
             * @description The number within its country.
             * @example 9171113333
             */
            phoneNumber?: string;
            /**
             * @description The calling code of the country.
             * @example 1
             */
            phoneCountryCode?: string;
            /**
             * @description The country, ISO 3166-1 alpha-2.
             * @example US
             */
            isoCountryCode?: string;
            oauth_account_photos?: string[];
            oauth_emails?: string[];
            /** @description What else the provider told, in any shape. */
            oauth_metadata?: {
                [key: string]: unknown;
            };
            /** @description Users that had this credential before. Only in the reply that gives one user. */
            previous_users?: components["schemas"]["Uuid"][];
            embedded_wallet_id?: string | null;
            wallet_additional_addresses?: components["schemas"]["WalletAdditionalAddress"][];
            /**
             * Format: date-time
             * @description When the wallet was last connected, or chosen as the main one.
             */
            lastSelectedAt?: string;
            /**
             * Format: date-time
             * @description When it was last verified.
             */
            verifiedAt?: string;
            business_account_properties?: components["schemas"]["BusinessAccountProperties"];
        };
        /** @enum {string} */
        JwtVerifiedCredentialFormatEnum: "blockchain" | "email" | "oauth" | "passkey" | "phoneNumber" | "externalUser" | "totp";
        /** @description What a name service knows of a wallet address. */
        NameServiceData: {
            avatar?: string;
            name?: string;
        };
        BusinessAccountProperties: {
            businessAccountId: string;
            businessAccountName?: string | null;
            businessAccountExternalRef?: string | null;
            /** Format: date-time */
            businessAccountCreatedAt: string;
            businessAccountSignerId: string;
            /** @enum {string} */
            businessAccountSignerType: "endUser" | "server";
            businessAccountMemberRole: string;
        };
        WalletProperties: {
            turnkeySubOrganizationId?: components["schemas"]["TurnkeyId"];
            turnkeyPrivateKeyId?: components["schemas"]["TurnkeyId"];
            turnkeyHDWalletId?: components["schemas"]["TurnkeyId"];
            /** @description Whether an authenticator, such as a passkey, belongs to the wallet. */
            isAuthenticatorAttached?: boolean;
            turnkeyUserId?: components["schemas"]["TurnkeyId"];
            isSessionKeyCompatible?: boolean;
            /** @enum {string} */
            version?: "V1" | "V2" | "V3";
            /** @enum {string} */
            ecdsaProviderType?: "zerodev_signer_to_ecdsa" | "zerodev_multi_chain";
            /** @enum {string} */
            entryPointVersion?: "v6" | "v7";
            /** @enum {string} */
            kernelVersion?: "v2_4" | "v3_0" | "v3_1" | "v3_2" | "v3_3";
            /** @enum {string} */
            hardwareWallet?: "ledger";
            /** @description Whether Dynamic made the wallet beforehand and keeps its passcode. */
            claimed?: boolean;
            /** @enum {string} */
            source?: "dynamic" | "user";
            keyShares?: components["schemas"]["WalletKeyShareInfo"][];
            thresholdSignatureScheme?: components["schemas"]["ThresholdSignatureScheme"];
            derivationPath?: string;
            settings?: components["schemas"]["WaasWalletSettings"];
            shareSetId?: string;
            shareSetType?: components["schemas"]["WaasWalletShareSetType"];
            businessAccountId?: string;
            otherShareSets?: components["schemas"]["WaasShareSet"][];
        };
        /**
         * @deprecated
         * @example 95b11417-f18f-457f-8804-68e361f9164f
         */
        TurnkeyId: string | null;
        WalletKeyShareInfo: {
            id: components["schemas"]["Uuid"];
            backupLocation: string;
            passwordEncrypted: boolean;
            externalKeyShareId?: components["schemas"]["Uuid"];
            walletShareDeveloperKeyEncrypted?: boolean;
            keygenId?: string;
        };
        /** @enum {string} */
        ThresholdSignatureScheme: "TWO_OF_TWO" | "TWO_OF_THREE" | "THREE_OF_FIVE";
        WaasWalletSettings: {
            hasDeniedDelegatedAccess?: boolean;
            shouldRefreshOnNextSignOn?: boolean;
            reshareOnNextSignOn?: components["schemas"]["ThresholdSignatureScheme"];
            revokeOnNextSignOn?: boolean;
            /** @enum {string} */
            variant?: "ed25519Exportable" | "ed25519Standard";
        };
        /** @enum {string} */
        WaasWalletShareSetType: "delegated" | "rootUser" | "server" | "businessAccountUser" | "offlineRecovery";
        WaasShareSet: {
            shareSetId: string;
            shareSetType: components["schemas"]["WaasWalletShareSetType"];
            thresholdSignatureScheme: components["schemas"]["ThresholdSignatureScheme"];
            /** Format: date-time */
            createdAt: string;
        };
        /** @description A field that the environment asks its users for. */
        ProjectSettingsKyc: {
            name: string;
            required: boolean;
            enabled: boolean;
            unique: boolean;
            verify: boolean;
            /** @enum {string} */
            type?: "standard" | "custom";
            validationRules?: components["schemas"]["CustomFieldValidationRules"];
            /** @enum {string} */
            validationType?: "text" | "checkbox" | "select";
            label?: string;
            /** @example 123 */
            position?: number;
        };
        CustomFieldValidationRules: {
            /** @description Whether no two users of the environment may give the same value. */
            unique?: boolean;
            /**
             * @description What a text must match.
             * @example ^0x
             */
            regex?: string;
            /** @description What a selection offers. */
            validOptions?: components["schemas"]["CustomFieldValidValue"][];
            /**
             * @description What stands beside a checkbox.
             * @example Agree to the terms and conditions
             */
            checkboxText?: string;
        };
        CustomFieldValidValue: {
            label: components["schemas"]["NonEmptyStringWith255MaxLengthAndSpecialChars"];
            key?: components["schemas"]["NonEmptyStringWith255MaxLengthAndSpecialChars"];
        };
        /**
         * @example small
         * @example An example name
         */
        NonEmptyStringWith255MaxLengthAndSpecialChars: string;
        Session: {
            id?: components["schemas"]["Uuid"];
            /** Format: date-time */
            createdAt?: string;
            ipAddress?: string | null;
            userAgent?: string | null;
            /** Format: date-time */
            revokedAt?: string | null;
        };
        Wallet: {
            id: components["schemas"]["Uuid"];
            name: components["schemas"]["NonEmptyString"];
            chain: components["schemas"]["ChainEnum"];
            publicKey: components["schemas"]["WalletPublicKey"];
            provider: components["schemas"]["WalletProviderEnum"];
            properties?: components["schemas"]["WalletProperties"];
            lastSelectedAt?: string | null;
        };
        /** @description What a screening of a wallet found. */
        ChainalysisCheck: {
            id: components["schemas"]["Uuid"];
            /** Format: date-time */
            createdAt: string;
            /** @enum {string} */
            result: "OK" | "BLOCKED" | "FAILED";
            walletPublicKey: components["schemas"]["WalletPublicKey"];
            response: string;
        };
        OAuthAccount: {
            id?: components["schemas"]["Uuid"];
            provider?: components["schemas"]["ProviderEnum"];
            accountUsername?: string;
        };
        MFADevice: {
            /** @enum {string} */
            type?: "totp" | "passkey" | "email";
            verified?: boolean;
            id?: components["schemas"]["Uuid"];
            /** Format: date-time */
            createdAt?: string;
            /** Format: date-time */
            verifiedAt?: string | null;
            /** @description Whether it is the device that is asked for first. */
            default?: boolean;
            alias?: string;
        };
        /** @example 95b11417-f18f-457f-8804-68e361f9164f */
        Uuid: string;
        /**
         * @description A name or a short text; may be empty, and may not start or end with white space.
         * @example An example name
         */
        OptionalNonEmptyStringWith255MaxLength: string;
        /**
         * @description A name or a short text; may not be empty, nor start or end with white space.
         * @example An example name
         */
        NonEmptyStringWith255MaxLength: string;
        /** @example An example name */
        NonEmptyString: string;
        /** @example An example name */
        OptionalNullableNonEmptyStringWith255MaxLength: string | null;
        /**
         * @description An e-mail address, or nothing.
         * @example hello-world@foobar.com
         */
        EmailOrEmptyString: string;
        /**
         * @description The country, ISO 3166-1 alpha-2; any two capital letters pass.
         * @example US
         */
        CountryCode: string | null;
        /**
         * @description Letters and numbers of any script, hyphens and underscores.
         * @example johndoe
         */
        Username: string | null;
        /**
         * @description A wallet address, of letters, digits, underscores and hyphens.
         * @example 0xbF394748301603f18d953C90F0b087CBEC0E1834
         */
        WalletPublicKey: string;
        /** @description One more address of a wallet. */
        WalletAdditionalAddress: {
            address: string;
            type: components["schemas"]["WalletAddressType"];
            /** @description The public key behind the address. */
            publicKey?: string;
            /**
             * @description The network that the address is written for.
             * @example mainnet
             */
            network?: string;
        };
        /**
         * @description How far the user has come with the backup codes.
         * @enum {string|null}
         */
        MfaBackupCodeAcknowledgement: "pending" | "complete" | null;
        /** @enum {string} */
        ChainEnum: "ETH" | "EVM" | "FLOW" | "SOL" | "ALGO" | "STARK" | "COSMOS" | "BTC" | "ECLIPSE" | "SUI" | "SPARK" | "TRON" | "APTOS" | "TON" | "STELLAR" | "ALEO" | "TEMPO" | "MIDNIGHT";
        /** @enum {string} */
        WalletProviderEnum: "browserExtension" | "custodialService" | "walletConnect" | "qrCode" | "deepLink" | "embeddedWallet" | "smartContractWallet";
        /** @enum {string} */
        WalletAddressType: "ordinals" | "payment" | "cosmos" | "evm" | "stellar" | "ton" | "midnight_unshielded" | "midnight_dust" | "midnight_shielded";
        /**
         * @description A provider of any kind, not only a social one; `turnkey` is deprecated.
         * @enum {string}
         */
        ProviderEnum: "emailOnly" | "magicLink" | "apple" | "bitbucket" | "coinbasesocial" | "discord" | "epicgames" | "facebook" | "farcaster" | "github" | "gitlab" | "google" | "instagram" | "linkedin" | "microsoft" | "twitch" | "twitter" | "blocto" | "banxa" | "coinbaseOnramp" | "cryptoDotCom" | "moonPay" | "dynamic" | "alchemy" | "zerodev" | "telegram" | "turnkey" | "coinbaseWaas" | "sms" | "spotify" | "tiktok" | "line" | "steam" | "shopify" | "zksync" | "kraken" | "blockaid" | "passkey" | "okta" | "sendgrid" | "resend" | "trmWalletScreening" | "chainalysisAddressScreening" | "gemini";
        UserSearchFilterParams: {
            filterValue?: string;
            /** @enum {string} */
            filterColumn?: "all" | "id" | "walletPublicKey" | "email" | "alias" | "firstName" | "lastName" | "phoneNumber" | "jobTitle" | "wallet" | "username" | "accountId";
            filterSocialProvider?: components["schemas"]["ProviderEnum"];
            chain?: components["schemas"]["ChainEnum"];
        };
        BadRequest: {
            error?: string;
        };
        Unauthorized: {
            /** @example No jwt provided! */
            error?: string;
        };
        Forbidden: {
            /** @example Access Forbidden */
            error?: string;
        };
        NotFound: {
            /** @example Not Found */
            error: string;
            /** @example not_found */
            code: string;
        };
        TooManyRequests: {
            error?: string;
        };
        InternalServerError: {
            /** @example Internal Server Error */
            error?: string;
        };
        UnprocessableEntity: {
            /** @example Resources already exists for this Object */
            error: string;
            code?: components["schemas"]["UnprocessableEntityErrorCode"];
            payload?: components["schemas"]["UnprocessableEntityErrorPayload"];
        };
        /** @description What helps to resolve the refusal. A failed row of a bulk reply has none. */
        UnprocessableEntityErrorPayload: {
            /**
             * Format: email
             * @example joe@email.com
             */
            email?: string;
            loginProvider?: components["schemas"]["ProviderEnum"];
            embeddedWalletName?: string;
            embeddedSocialSigninProvider?: components["schemas"]["ProviderEnum"];
            mergeConflicts?: components["schemas"]["MergeConflicts"];
            additionalMessages?: string[];
        };
        /** @description Two users that would have to become one, and where they differ. */
        MergeConflicts: {
            fromUser: components["schemas"]["SdkUser"];
            conflicts: components["schemas"]["MergeUserConflict"][];
        };
        SdkUser: components["schemas"]["User"] & {
            [key: string]: unknown;
        };
        /** @description A field in which the two users differ. */
        MergeUserConflict: {
            field: components["schemas"]["ProjectSettingsKyc"];
            fromUser: components["schemas"]["MergeUser"];
            currentUser: components["schemas"]["MergeUser"];
        };
        MergeUser: {
            userId: components["schemas"]["Uuid"];
            /** @example An example name */
            value: string;
        };
        /**
         * @description One list for the whole API; most members belong to other operations.
         * @enum {string}
         */
        UnprocessableEntityErrorCode: "email_cannot_be_null" | "exchange_cannot_be_enabled" | "transfer_amount_too_small" | "transfer_address_not_whitelisted" | "invalid_scopes" | "unknown_transfer_error" | "transfer_mfa_required" | "transfer_mfa_failed" | "invalid_transfer_funds" | "invalid_transfer_currency" | "invalid_exchange_provider" | "invalid_transfer_network" | "invalid_email" | "email_already_exists" | "allowlist_already_exists" | "allowlist_entry_already_exists" | "reassign_wallet_error" | "reassign_wallet_confirm" | "members_cannot_delete_themself" | "username_already_exists" | "wrong_email_verification_token" | "wrong_sms_verification_token" | "invalid_email_verification" | "invalid_sms_verification" | "invalid_verification" | "invalid_position" | "too_many_sms_verification_attempts" | "too_many_email_verification_attempts" | "too_many_verification_attempts" | "organization_name_already_exists" | "project_name_already_exists" | "wallet_not_deployed" | "email_verification_required" | "phone_verification_required" | "invite_address_required" | "provider_not_available" | "forbidden_unlink_request" | "invalid_unlink_request" | "too_many_api_tokens" | "lock_timeout" | "lock_too_many_attempts" | "nft_token_gating_not_supported_for_chain" | "empty_chain_name" | "no_enabled_email_provider" | "no_enabled_sms_provider" | "invalid_key_export_url" | "invalid_dynamic_props" | "too_many_requests" | "too_many_organizations_for_user" | "too_many_projects_for_organization" | "email_associated_with_different_provider" | "user_has_already_account_with_email" | "user_has_already_account_with_phone_number" | "other_verify_failure" | "email_tied_to_embedded_wallet" | "invalid_invite" | "social_account_already_exists" | "invalid_email_address" | "invalid_gate" | "conflicting_embedded_wallet_providers" | "invalid_user" | "invalid_cors_origins" | "invalid_mobile_deeplink_urls" | "unauthorized_mobile_deeplink_url" | "invalid_private_key_format" | "invalid_embedded_wallet_settings" | "wallet_not_support_passkey" | "recovery_email_unavailable_or_invalid" | "connect_error" | "invalid_wallet_name" | "invalid_wallet_address" | "email_recovery_disabled" | "no_compatible_wallet_service_enabled" | "missing_aa_project_id" | "linked_embedded_wallet" | "invalid_mpc_environment" | "invalid_regex" | "repeated_options" | "missing_phone_number_or_email" | "duplicate_exists" | "mfa_device_not_found" | "mfa_invalid_code" | "mfa_invalid_request" | "invalid_phone" | "gate_exists" | "invalid_embedded_wallet_chains_configuration" | "merge_accounts_confirmation" | "merge_accounts_invalid" | "invalid_wallet_id" | "unable_to_fetch_balances" | "cannot_switch_to_unique" | "custom_field_data_not_unique" | "metadata_size_exceeded" | "invalid_custom_hostname" | "blocked_user_cannot_transfer_wallet" | "feature_not_enabled_in_suborg" | "invalid_username" | "invalid_external_auth" | "invalid_chain_address_match" | "invalid_update" | "cannot_delete_last_project" | "no_hd_wallet_found" | "wallet_account_exists_for_chain" | "too_many_embedded_wallets_for_user" | "too_many_embedded_wallets_per_chain_for_user" | "invalid_session_public_key" | "custom_field_not_unique" | "invalid_aa_project_configuration" | "no_v1_embedded_wallet_found" | "embedded_wallet_address_already_linked" | "key_share_already_backed_up" | "invalid_key_shares_length" | "wallet_not_active" | "wallet_service_connection_error" | "no_global_wallet_found" | "invalid_metadata_value" | "max_passkeys_per_user" | "passkey_not_found" | "cannot_delete_passkey_linked_to_embedded_wallet" | "cannot_delete_last_sign_in_verified_credential" | "credential_not_enabled_for_sign_in" | "unsupported_chain" | "share_set_id_required" | "address_screening_byok_auth" | "address_screening_byok_quota" | "address_screening_byok_shape" | "address_screening_byok_upstream" | "captcha_settings_incomplete_key_pair" | "invalid_signed_transaction" | "signed_transaction_wallet_mismatch" | "unsupported_waas_chain" | "network_not_enabled" | "broadcast_rejected" | "broadcast_requires_resign" | "broadcast_outcome_unknown" | "broadcast_rate_limited" | "broadcast_idempotency_conflict" | "broadcast_wallet_ineligible" | "broadcast_not_submitted" | "offline_recovery_cloud_backup_conflict";
    };
    responses: {
        /** @description The path, the query or the body breaks its schema; nothing was created. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BadRequest"];
            };
        };
        /** @description The path or the query breaks its schema. */
        BadQuery: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BadRequest"];
            };
        };
        /** @description An id in the path is malformed. */
        BadPath: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BadRequest"];
            };
        };
        /** @description The request carries no usable credentials. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Unauthorized"];
            };
        };
        /** @description The token does not open this environment or user. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Forbidden"];
            };
        };
        /** @description There is no such user. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NotFound"];
            };
        };
        /** @description The request is well formed and refused all the same. */
        UnprocessableEntity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnprocessableEntity"];
            };
        };
        /** @description Too many requests from this address or for this environment. */
        TooManyRequests: {
            headers: {
                /** @description Seconds to wait before the next attempt. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TooManyRequests"];
            };
        };
        /** @description The server failed. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InternalServerError"];
            };
        };
    };
    parameters: {
        /** @description The environment whose users are meant. */
        environmentId: components["schemas"]["Uuid"];
        /** @description The user that is meant. */
        userId: components["schemas"]["Uuid"];
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    bulkCreateUser: {
        failures: "email_already_exists" | "username_already_exists" | "reassign_wallet_error" | "social_account_already_exists" | "merge_accounts_invalid" | "metadata_size_exceeded" | "bad_request" | "no_jwt" | "access_forbidden";
        parameters: {
            query?: {
                /** @description Whether a user that exists already is updated rather than refused. */
                upsert?: boolean;
            };
            header?: never;
            path: {
                /** @description The environment whose users are meant. */
                environmentId: components["parameters"]["environmentId"];
            };
            cookie?: never;
        };
        /** @description The users to create, 1 to 50 of them, in a bare array. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkUserCreateRequest"];
            };
        };
        responses: {
            /** @description Every row was handled; which of them failed stands in the body. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkUserCreateResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    listUsers: {
        failures: "bad_request" | "no_jwt" | "access_forbidden";
        parameters: {
            query?: {
                /** @description How many users to skip. */
                offset?: number;
                /** @description How many users to answer at most. */
                limit?: number;
                /** @description The column to sort by and the direction, with a hyphen between them. */
                orderBy?: string;
                /** @description Only users in whom the value is found, in one column or in all. */
                filter?: components["schemas"]["UserSearchFilterParams"];
                /** @description Whether each user comes with the latest sessions. */
                includeSessions?: boolean;
            };
            header?: never;
            path: {
                /** @description The environment whose users are meant. */
                environmentId: components["parameters"]["environmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of users. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsersResponse"];
                };
            };
            400: components["responses"]["BadQuery"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    getUser: {
        failures: "bad_request" | "no_jwt" | "access_forbidden" | "not_found";
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The environment whose users are meant. */
                environmentId: components["parameters"]["environmentId"];
                /** @description The user that is meant. */
                userId: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
    deleteUser: {
        failures: "bad_request" | "no_jwt" | "access_forbidden" | "not_found";
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The environment whose users are meant. */
                environmentId: components["parameters"]["environmentId"];
                /** @description The user that is meant. */
                userId: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
        };
    };
}
