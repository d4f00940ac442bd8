// Written by `rollcall generate` from dynamic.yaml. Do not edit: change the document.
export const examples = {
  "bulkCreateUser": {
    "replies": {
      "201": {
        "allCreated": {
          "created": [
            {
              "id": "c7398a3e-6218-4d7b-ab19-d85be3d644c3",
              "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
              "verifiedCredentials": [
                {
                  "id": "0053b3bc-339c-4f6b-a601-05b74bdde473",
                  "format": "email",
                  "signInEnabled": true,
                  "email": "ines.lefevre@example.com",
                  "public_identifier": "ines.lefevre@example.com",
                  "verifiedAt": "2026-09-14T09:26:53.000Z"
                },
                {
                  "id": "d6e9a089-fdd5-4f7d-a404-4cbd66a59753",
                  "format": "blockchain",
                  "signInEnabled": true,
                  "address": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
                  "chain": "ETH",
                  "public_identifier": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
                  "wallet_name": "MetaMask",
                  "wallet_provider": "browserExtension",
                  "wallet_additional_addresses": []
                }
              ],
              "lastVerifiedCredentialId": "0053b3bc-339c-4f6b-a601-05b74bdde473",
              "alias": "Inès",
              "country": "FR",
              "email": "ines.lefevre@example.com",
              "firstName": "Inès",
              "jobTitle": "Product designer",
              "lastName": "Lefèvre",
              "phoneNumber": "+33 1 99 00 47 11",
              "policiesConsent": true,
              "tShirtSize": "M",
              "team": "Design",
              "username": "ines_lefevre",
              "newUser": true,
              "metadata": {
                "importedFrom": "crm",
                "crmId": 48113
              },
              "mfaBackupCodeAcknowledgement": null,
              "btcWallet": null,
              "kdaWallet": null,
              "ltcWallet": null,
              "ckbWallet": null,
              "kasWallet": null,
              "dogeWallet": null,
              "emailNotification": true,
              "discordNotification": null,
              "newsletterNotification": false,
              "lists": [],
              "scope": "",
              "missingFields": [],
              "walletPublicKey": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
              "wallet": "MetaMask",
              "chain": "ETH",
              "createdAt": "2026-11-03T08:15:30.512Z",
              "updatedAt": "2026-11-03T08:15:30.512Z",
              "sessions": [],
              "wallets": [
                {
                  "id": "e4799247-1b32-4048-a67f-2012d0e2d250",
                  "name": "MetaMask",
                  "chain": "ETH",
                  "publicKey": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
                  "provider": "browserExtension",
                  "properties": {},
                  "lastSelectedAt": null
                }
              ],
              "chainalysisChecks": [],
              "oauthAccounts": [],
              "mfaDevices": []
            },
            {
              "id": "985d4c5e-7fb0-4062-a9a6-42960fe317fc",
              "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
              "verifiedCredentials": [
                {
                  "id": "ce5279ca-0c71-4617-afb2-918a064ef2e2",
                  "format": "email",
                  "signInEnabled": true,
                  "email": "fang.wang@example.com",
                  "public_identifier": "fang.wang@example.com",
                  "verifiedAt": "2026-10-02T03:11:07.000Z"
                },
                {
                  "id": "75a75e2c-006d-4f34-aa2a-2e7a8d624fd3",
                  "format": "oauth",
                  "signInEnabled": true,
                  "public_identifier": "fang.wang",
                  "oauth_provider": "google",
                  "oauth_username": "fang.wang",
                  "oauth_display_name": "王芳",
                  "oauth_account_id": "108204268033311374519",
                  "oauth_account_photos": [
                    "https://photos.example.com/fang-wang.jpg"
                  ],
                  "oauth_emails": [
                    "fang.wang@example.com"
                  ],
                  "oauth_metadata": {
                    "locale": "zh-TW"
                  }
                }
              ],
              "lastVerifiedCredentialId": "ce5279ca-0c71-4617-afb2-918a064ef2e2",
              "alias": "王芳",
              "country": "TW",
              "email": "fang.wang@example.com",
              "firstName": "芳",
              "jobTitle": null,
              "lastName": "王",
              "phoneNumber": null,
              "policiesConsent": true,
              "tShirtSize": null,
              "team": null,
              "username": "wangfang",
              "newUser": true,
              "metadata": {
                "importedFrom": "crm",
                "crmId": 48114
              },
              "mfaBackupCodeAcknowledgement": null,
              "btcWallet": null,
              "kdaWallet": null,
              "ltcWallet": null,
              "ckbWallet": null,
              "kasWallet": null,
              "dogeWallet": null,
              "emailNotification": null,
              "discordNotification": null,
              "newsletterNotification": null,
              "lists": [],
              "scope": "",
              "missingFields": [],
              "createdAt": "2026-11-03T08:15:30.514Z",
              "updatedAt": "2026-11-03T08:15:30.514Z",
              "sessions": [],
              "wallets": [],
              "chainalysisChecks": [],
              "oauthAccounts": [
                {
                  "id": "30209b96-f91e-4700-a5d8-5f5b047f296e",
                  "provider": "google",
                  "accountUsername": "fang.wang"
                }
              ],
              "mfaDevices": []
            }
          ],
          "updated": [],
          "failed": [],
          "total": 2
        },
        "partlyFailed": {
          "created": [
            {
              "id": "985d4c5e-7fb0-4062-a9a6-42960fe317fc",
              "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
              "verifiedCredentials": [
                {
                  "id": "ce5279ca-0c71-4617-afb2-918a064ef2e2",
                  "format": "email",
                  "signInEnabled": true,
                  "email": "fang.wang@example.com",
                  "public_identifier": "fang.wang@example.com",
                  "verifiedAt": "2026-10-02T03:11:07.000Z"
                },
                {
                  "id": "75a75e2c-006d-4f34-aa2a-2e7a8d624fd3",
                  "format": "oauth",
                  "signInEnabled": true,
                  "public_identifier": "fang.wang",
                  "oauth_provider": "google",
                  "oauth_username": "fang.wang",
                  "oauth_display_name": "王芳",
                  "oauth_account_id": "108204268033311374519",
                  "oauth_account_photos": [
                    "https://photos.example.com/fang-wang.jpg"
                  ],
                  "oauth_emails": [
                    "fang.wang@example.com"
                  ],
                  "oauth_metadata": {
                    "locale": "zh-TW"
                  }
                }
              ],
              "lastVerifiedCredentialId": "ce5279ca-0c71-4617-afb2-918a064ef2e2",
              "alias": "王芳",
              "country": "TW",
              "email": "fang.wang@example.com",
              "firstName": "芳",
              "jobTitle": null,
              "lastName": "王",
              "phoneNumber": null,
              "policiesConsent": true,
              "tShirtSize": null,
              "team": null,
              "username": "wangfang",
              "newUser": true,
              "metadata": {
                "importedFrom": "crm",
                "crmId": 48114
              },
              "mfaBackupCodeAcknowledgement": null,
              "btcWallet": null,
              "kdaWallet": null,
              "ltcWallet": null,
              "ckbWallet": null,
              "kasWallet": null,
              "dogeWallet": null,
              "emailNotification": null,
              "discordNotification": null,
              "newsletterNotification": null,
              "lists": [],
              "scope": "",
              "missingFields": [],
              "createdAt": "2026-11-03T08:15:30.514Z",
              "updatedAt": "2026-11-03T08:15:30.514Z",
              "sessions": [],
              "wallets": [],
              "chainalysisChecks": [],
              "oauthAccounts": [
                {
                  "id": "30209b96-f91e-4700-a5d8-5f5b047f296e",
                  "provider": "google",
                  "accountUsername": "fang.wang"
                }
              ],
              "mfaDevices": []
            }
          ],
          "updated": [],
          "failed": [
            {
              "user": {
                "id": "10366e4a-4b24-4f91-a325-2770b3604265",
                "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
                "verifiedCredentials": [],
                "alias": null,
                "country": "FR",
                "email": "ines.lefevre@example.com",
                "firstName": "Inès",
                "jobTitle": "Art director",
                "lastName": "Lefèvre",
                "phoneNumber": null,
                "policiesConsent": null,
                "tShirtSize": null,
                "team": null,
                "username": null,
                "newUser": true,
                "metadata": {}
              },
              "error": "Resources already exists for this Object",
              "code": "email_already_exists"
            },
            {
              "user": {
                "id": "f80f0c29-4b7e-4795-abdf-e7a8a90e65cf",
                "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
                "verifiedCredentials": [],
                "alias": null,
                "country": "PL",
                "email": "lukasz.wojcik@example.pl",
                "firstName": "Łukasz",
                "jobTitle": null,
                "lastName": "Wójcik",
                "phoneNumber": null,
                "policiesConsent": true,
                "tShirtSize": null,
                "team": null,
                "username": "wangfang",
                "newUser": true,
                "metadata": {
                  "importedFrom": "crm",
                  "crmId": 48120
                }
              },
              "error": "Resources already exists for this Object",
              "code": "username_already_exists"
            }
          ],
          "total": 3
        },
        "updatedByUpsert": {
          "created": [
            {
              "id": "978c1262-8b9f-4e22-a048-49abf2708794",
              "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
              "verifiedCredentials": [
                {
                  "id": "c24e84ea-58a5-49e3-a813-8fa2987a2fbe",
                  "format": "blockchain",
                  "signInEnabled": true,
                  "address": "0x5eaebc8aab2b4b4e9ae2475396302c1661544419",
                  "chain": "ETH",
                  "public_identifier": "0x5eaebc8aab2b4b4e9ae2475396302c1661544419",
                  "wallet_name": "Rainbow",
                  "wallet_provider": "walletConnect",
                  "wallet_additional_addresses": []
                }
              ],
              "lastVerifiedCredentialId": "c24e84ea-58a5-49e3-a813-8fa2987a2fbe",
              "alias": "Björn Å.",
              "country": "SE",
              "email": "bjorn.angstrom@example.se",
              "firstName": "Björn",
              "jobTitle": null,
              "lastName": "Ångström",
              "phoneNumber": null,
              "policiesConsent": false,
              "tShirtSize": null,
              "team": "Växjö",
              "username": "björn",
              "newUser": true,
              "metadata": {},
              "mfaBackupCodeAcknowledgement": null,
              "btcWallet": null,
              "kdaWallet": null,
              "ltcWallet": null,
              "ckbWallet": null,
              "kasWallet": null,
              "dogeWallet": null,
              "emailNotification": false,
              "discordNotification": false,
              "newsletterNotification": false,
              "lists": [],
              "scope": "",
              "missingFields": [],
              "walletPublicKey": "0x5eaebc8aab2b4b4e9ae2475396302c1661544419",
              "wallet": "Rainbow",
              "chain": "ETH",
              "createdAt": "2026-11-05T14:00:00.007Z",
              "updatedAt": "2026-11-05T14:00:00.007Z",
              "sessions": [],
              "wallets": [
                {
                  "id": "ae3741e5-80e4-4298-aef3-4492fc3f1c05",
                  "name": "Rainbow",
                  "chain": "ETH",
                  "publicKey": "0x5eaebc8aab2b4b4e9ae2475396302c1661544419",
                  "provider": "walletConnect",
                  "properties": {},
                  "lastSelectedAt": null
                }
              ],
              "chainalysisChecks": [],
              "oauthAccounts": [],
              "mfaDevices": []
            }
          ],
          "updated": [
            {
              "id": "985d4c5e-7fb0-4062-a9a6-42960fe317fc",
              "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
              "verifiedCredentials": [
                {
                  "id": "ce5279ca-0c71-4617-afb2-918a064ef2e2",
                  "format": "email",
                  "signInEnabled": true,
                  "email": "fang.wang@example.com",
                  "public_identifier": "fang.wang@example.com",
                  "verifiedAt": "2026-10-02T03:11:07.000Z"
                },
                {
                  "id": "75a75e2c-006d-4f34-aa2a-2e7a8d624fd3",
                  "format": "oauth",
                  "signInEnabled": true,
                  "public_identifier": "fang.wang",
                  "oauth_provider": "google",
                  "oauth_username": "fang.wang",
                  "oauth_display_name": "王芳",
                  "oauth_account_id": "108204268033311374519",
                  "oauth_account_photos": [
                    "https://photos.example.com/fang-wang.jpg"
                  ],
                  "oauth_emails": [
                    "fang.wang@example.com"
                  ],
                  "oauth_metadata": {
                    "locale": "zh-TW"
                  }
                }
              ],
              "lastVerifiedCredentialId": "ce5279ca-0c71-4617-afb2-918a064ef2e2",
              "alias": "王芳",
              "country": "TW",
              "email": "fang.wang@example.com",
              "firstName": "芳",
              "jobTitle": "資料分析師",
              "lastName": "王",
              "phoneNumber": "+886 2 5550 0123",
              "policiesConsent": true,
              "tShirtSize": "S",
              "team": "Data",
              "username": "wangfang",
              "newUser": false,
              "metadata": {
                "importedFrom": "crm",
                "crmId": 48114
              },
              "mfaBackupCodeAcknowledgement": null,
              "btcWallet": null,
              "kdaWallet": null,
              "ltcWallet": null,
              "ckbWallet": null,
              "kasWallet": null,
              "dogeWallet": null,
              "emailNotification": null,
              "discordNotification": null,
              "newsletterNotification": true,
              "lists": [],
              "scope": "",
              "missingFields": [],
              "createdAt": "2026-11-03T08:15:30.514Z",
              "updatedAt": "2026-11-05T14:00:00.009Z",
              "sessions": [],
              "wallets": [],
              "chainalysisChecks": [],
              "oauthAccounts": [
                {
                  "id": "30209b96-f91e-4700-a5d8-5f5b047f296e",
                  "provider": "google",
                  "accountUsername": "fang.wang"
                }
              ],
              "mfaDevices": []
            }
          ],
          "failed": [],
          "total": 2
        },
        "allFailed": {
          "created": [],
          "updated": [],
          "failed": [
            {
              "user": {
                "id": "10366e4a-4b24-4f91-a325-2770b3604265",
                "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
                "verifiedCredentials": [],
                "alias": null,
                "country": "FR",
                "email": "ines.lefevre@example.com",
                "firstName": "Inès",
                "jobTitle": "Art director",
                "lastName": "Lefèvre",
                "phoneNumber": null,
                "policiesConsent": null,
                "tShirtSize": null,
                "team": null,
                "username": null,
                "newUser": true,
                "metadata": {}
              },
              "error": "Resources already exists for this Object",
              "code": "email_already_exists"
            },
            {
              "user": {
                "id": "f80f0c29-4b7e-4795-abdf-e7a8a90e65cf",
                "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
                "verifiedCredentials": [],
                "alias": null,
                "country": "PL",
                "email": "lukasz.wojcik@example.pl",
                "firstName": "Łukasz",
                "jobTitle": null,
                "lastName": "Wójcik",
                "phoneNumber": null,
                "policiesConsent": true,
                "tShirtSize": null,
                "team": null,
                "username": null,
                "newUser": true,
                "metadata": {
                  "importedFrom": "crm",
                  "crmId": 48120
                },
                "walletPublicKey": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
                "wallet": "MetaMask",
                "chain": "ETH"
              },
              "error": "Resources already exists for this Object",
              "code": "reassign_wallet_error"
            }
          ],
          "total": 2
        }
      },
      "400": {
        "invalidBody": {
          "error": "body/0/country must be two capital letters"
        },
        "tooManyUsers": {
          "error": "body must not have more than 50 items"
        }
      },
      "401": {
        "noCredentials": {
          "error": "No jwt provided!"
        }
      },
      "403": {
        "forbidden": {
          "error": "Access Forbidden"
        }
      },
      "422": {
        "alreadyExists": {
          "error": "Resources already exists for this Object",
          "code": "email_already_exists",
          "payload": {
            "email": "ines.lefevre@example.com",
            "loginProvider": "emailOnly",
            "additionalMessages": []
          }
        },
        "mergeConflict": {
          "error": "These two users differ and cannot be merged yet",
          "code": "merge_accounts_confirmation",
          "payload": {
            "mergeConflicts": {
              "fromUser": {
                "id": "985d4c5e-7fb0-4062-a9a6-42960fe317fc",
                "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
                "verifiedCredentials": [],
                "email": "fang.wang@example.com",
                "username": "wangfang"
              },
              "conflicts": [
                {
                  "field": {
                    "name": "username",
                    "required": true,
                    "enabled": true,
                    "unique": true,
                    "verify": false,
                    "type": "standard"
                  },
                  "fromUser": {
                    "userId": "985d4c5e-7fb0-4062-a9a6-42960fe317fc",
                    "value": "wangfang"
                  },
                  "currentUser": {
                    "userId": "c7398a3e-6218-4d7b-ab19-d85be3d644c3",
                    "value": "ines_lefevre"
                  }
                }
              ]
            }
          }
        }
      },
      "429": {
        "slowDown": {
          "error": "Too many requests. Please try again later."
        }
      },
      "500": {
        "serverError": {
          "error": "Internal Server Error"
        }
      }
    }
  },
  "listUsers": {
    "replies": {
      "200": {
        "twoUsers": {
          "count": 2,
          "users": [
            {
              "id": "c7398a3e-6218-4d7b-ab19-d85be3d644c3",
              "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
              "verifiedCredentials": [
                {
                  "id": "0053b3bc-339c-4f6b-a601-05b74bdde473",
                  "format": "email",
                  "signInEnabled": true,
                  "email": "ines.lefevre@example.com",
                  "public_identifier": "ines.lefevre@example.com",
                  "verifiedAt": "2026-09-14T09:26:53.000Z"
                },
                {
                  "id": "d6e9a089-fdd5-4f7d-a404-4cbd66a59753",
                  "format": "blockchain",
                  "signInEnabled": true,
                  "address": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
                  "chain": "ETH",
                  "public_identifier": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
                  "wallet_name": "MetaMask",
                  "wallet_provider": "browserExtension",
                  "wallet_additional_addresses": []
                }
              ],
              "lastVerifiedCredentialId": "0053b3bc-339c-4f6b-a601-05b74bdde473",
              "alias": "Inès",
              "country": "FR",
              "email": "ines.lefevre@example.com",
              "firstName": "Inès",
              "jobTitle": "Product designer",
              "lastName": "Lefèvre",
              "phoneNumber": "+33 1 99 00 47 11",
              "policiesConsent": true,
              "tShirtSize": "M",
              "team": "Design",
              "username": "ines_lefevre",
              "newUser": true,
              "metadata": {
                "importedFrom": "crm",
                "crmId": 48113
              },
              "mfaBackupCodeAcknowledgement": null,
              "btcWallet": null,
              "kdaWallet": null,
              "ltcWallet": null,
              "ckbWallet": null,
              "kasWallet": null,
              "dogeWallet": null,
              "emailNotification": true,
              "discordNotification": null,
              "newsletterNotification": false,
              "lists": [],
              "scope": "",
              "missingFields": [],
              "walletPublicKey": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
              "wallet": "MetaMask",
              "chain": "ETH",
              "createdAt": "2026-11-03T08:15:30.512Z",
              "updatedAt": "2026-11-03T08:15:30.512Z",
              "sessions": [],
              "wallets": [
                {
                  "id": "e4799247-1b32-4048-a67f-2012d0e2d250",
                  "name": "MetaMask",
                  "chain": "ETH",
                  "publicKey": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
                  "provider": "browserExtension",
                  "properties": {},
                  "lastSelectedAt": null
                }
              ],
              "chainalysisChecks": [],
              "oauthAccounts": [],
              "mfaDevices": []
            },
            {
              "id": "985d4c5e-7fb0-4062-a9a6-42960fe317fc",
              "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
              "verifiedCredentials": [
                {
                  "id": "ce5279ca-0c71-4617-afb2-918a064ef2e2",
                  "format": "email",
                  "signInEnabled": true,
                  "email": "fang.wang@example.com",
                  "public_identifier": "fang.wang@example.com",
                  "verifiedAt": "2026-10-02T03:11:07.000Z"
                },
                {
                  "id": "75a75e2c-006d-4f34-aa2a-2e7a8d624fd3",
                  "format": "oauth",
                  "signInEnabled": true,
                  "public_identifier": "fang.wang",
                  "oauth_provider": "google",
                  "oauth_username": "fang.wang",
                  "oauth_display_name": "王芳",
                  "oauth_account_id": "108204268033311374519",
                  "oauth_account_photos": [
                    "https://photos.example.com/fang-wang.jpg"
                  ],
                  "oauth_emails": [
                    "fang.wang@example.com"
                  ],
                  "oauth_metadata": {
                    "locale": "zh-TW"
                  }
                }
              ],
              "lastVerifiedCredentialId": "ce5279ca-0c71-4617-afb2-918a064ef2e2",
              "alias": "王芳",
              "country": "TW",
              "email": "fang.wang@example.com",
              "firstName": "芳",
              "jobTitle": null,
              "lastName": "王",
              "phoneNumber": null,
              "policiesConsent": true,
              "tShirtSize": null,
              "team": null,
              "username": "wangfang",
              "newUser": true,
              "metadata": {
                "importedFrom": "crm",
                "crmId": 48114
              },
              "mfaBackupCodeAcknowledgement": null,
              "btcWallet": null,
              "kdaWallet": null,
              "ltcWallet": null,
              "ckbWallet": null,
              "kasWallet": null,
              "dogeWallet": null,
              "emailNotification": null,
              "discordNotification": null,
              "newsletterNotification": null,
              "lists": [],
              "scope": "",
              "missingFields": [],
              "createdAt": "2026-11-03T08:15:30.514Z",
              "updatedAt": "2026-11-03T08:15:30.514Z",
              "sessions": [],
              "wallets": [],
              "chainalysisChecks": [],
              "oauthAccounts": [
                {
                  "id": "30209b96-f91e-4700-a5d8-5f5b047f296e",
                  "provider": "google",
                  "accountUsername": "fang.wang"
                }
              ],
              "mfaDevices": []
            }
          ]
        },
        "noUsers": {
          "count": 0,
          "users": []
        }
      },
      "400": {
        "invalidQuery": {
          "error": "query/limit must be at most 100"
        }
      },
      "401": {
        "noCredentials": {
          "error": "No jwt provided!"
        }
      },
      "403": {
        "forbidden": {
          "error": "Access Forbidden"
        }
      },
      "429": {
        "slowDown": {
          "error": "Too many requests. Please try again later."
        }
      },
      "500": {
        "serverError": {
          "error": "Internal Server Error"
        }
      }
    }
  },
  "getUser": {
    "replies": {
      "200": {
        "afterSignIn": {
          "user": {
            "id": "c7398a3e-6218-4d7b-ab19-d85be3d644c3",
            "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
            "verifiedCredentials": [
              {
                "id": "0053b3bc-339c-4f6b-a601-05b74bdde473",
                "format": "email",
                "signInEnabled": true,
                "email": "ines.lefevre@example.com",
                "public_identifier": "ines.lefevre@example.com",
                "previous_users": [],
                "verifiedAt": "2026-11-04T18:20:44.903Z"
              },
              {
                "id": "d6e9a089-fdd5-4f7d-a404-4cbd66a59753",
                "format": "blockchain",
                "signInEnabled": true,
                "address": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
                "chain": "ETH",
                "name_service": {
                  "avatar": "https://photos.example.com/ines.png",
                  "name": "ines.example.eth"
                },
                "public_identifier": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
                "wallet_name": "MetaMask",
                "wallet_provider": "browserExtension",
                "wallet_properties": {
                  "hardwareWallet": "ledger"
                },
                "previous_users": [],
                "embedded_wallet_id": null,
                "wallet_additional_addresses": [],
                "lastSelectedAt": "2026-11-04T18:21:02.377Z",
                "verifiedAt": "2026-11-04T18:21:02.377Z"
              }
            ],
            "lastVerifiedCredentialId": "d6e9a089-fdd5-4f7d-a404-4cbd66a59753",
            "sessionId": "f5d02a6a-9779-4d23-aff8-f8e1cda79806",
            "alias": "Inès",
            "country": "FR",
            "email": "ines.lefevre@example.com",
            "firstName": "Inès",
            "jobTitle": "Product designer",
            "lastName": "Lefèvre",
            "phoneNumber": "+33 1 99 00 47 11",
            "policiesConsent": true,
            "tShirtSize": "M",
            "team": "Design",
            "username": "ines_lefevre",
            "firstVisit": "2026-11-04T18:20:44.903Z",
            "lastVisit": "2026-11-04T18:20:44.903Z",
            "newUser": false,
            "metadata": {
              "importedFrom": "crm",
              "crmId": 48113
            },
            "mfaBackupCodeAcknowledgement": "complete",
            "btcWallet": null,
            "kdaWallet": null,
            "ltcWallet": null,
            "ckbWallet": null,
            "kasWallet": null,
            "dogeWallet": null,
            "emailNotification": true,
            "discordNotification": null,
            "newsletterNotification": false,
            "lists": [
              "early-access"
            ],
            "scope": "marketing operations",
            "missingFields": [
              {
                "name": "shirtColour",
                "required": true,
                "enabled": true,
                "unique": false,
                "verify": false,
                "type": "custom",
                "validationRules": {
                  "unique": false,
                  "validOptions": [
                    {
                      "label": "navy",
                      "key": "navy"
                    },
                    {
                      "label": "grey (light)",
                      "key": "grey"
                    }
                  ]
                },
                "validationType": "select",
                "label": "Shirt colour",
                "position": 3
              }
            ],
            "walletPublicKey": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
            "wallet": "MetaMask",
            "chain": "ETH",
            "createdAt": "2026-11-03T08:15:30.512Z",
            "updatedAt": "2026-11-04T18:21:02.377Z",
            "sessions": [
              {
                "id": "f5d02a6a-9779-4d23-aff8-f8e1cda79806",
                "createdAt": "2026-11-04T18:20:44.903Z",
                "ipAddress": "203.0.113.24",
                "userAgent": "Mozilla/5.0 (X11)",
                "revokedAt": null
              }
            ],
            "wallets": [
              {
                "id": "e4799247-1b32-4048-a67f-2012d0e2d250",
                "name": "MetaMask",
                "chain": "ETH",
                "publicKey": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
                "provider": "browserExtension",
                "properties": {
                  "hardwareWallet": "ledger"
                },
                "lastSelectedAt": "2026-11-04T18:21:02.377Z"
              }
            ],
            "chainalysisChecks": [
              {
                "id": "10366e4a-4b24-4f91-a325-2770b3604265",
                "createdAt": "2026-11-04T18:21:02.640Z",
                "result": "OK",
                "walletPublicKey": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
                "response": "{\"identifications\":[]}"
              }
            ],
            "oauthAccounts": [],
            "mfaDevices": [
              {
                "type": "totp",
                "verified": true,
                "id": "f80f0c29-4b7e-4795-abdf-e7a8a90e65cf",
                "createdAt": "2026-11-04T18:23:10.001Z",
                "verifiedAt": "2026-11-04T18:23:31.448Z",
                "default": true,
                "alias": "Phone"
              }
            ]
          }
        }
      },
      "400": {
        "invalidId": {
          "error": "path/userId must be a UUID"
        }
      },
      "401": {
        "noCredentials": {
          "error": "No jwt provided!"
        }
      },
      "403": {
        "forbidden": {
          "error": "Access Forbidden"
        }
      },
      "404": {
        "unknownUser": {
          "error": "Not Found",
          "code": "not_found"
        }
      },
      "429": {
        "slowDown": {
          "error": "Too many requests. Please try again later."
        }
      },
      "500": {
        "serverError": {
          "error": "Internal Server Error"
        }
      }
    }
  },
  "deleteUser": {
    "replies": {
      "400": {
        "invalidId": {
          "error": "path/userId must be a UUID"
        }
      },
      "401": {
        "noCredentials": {
          "error": "No jwt provided!"
        }
      },
      "403": {
        "forbidden": {
          "error": "Access Forbidden"
        }
      },
      "404": {
        "unknownUser": {
          "error": "Not Found",
          "code": "not_found"
        }
      },
      "422": {
        "alreadyExists": {
          "error": "Resources already exists for this Object",
          "code": "email_already_exists",
          "payload": {
            "email": "ines.lefevre@example.com",
            "loginProvider": "emailOnly",
            "additionalMessages": []
          }
        },
        "mergeConflict": {
          "error": "These two users differ and cannot be merged yet",
          "code": "merge_accounts_confirmation",
          "payload": {
            "mergeConflicts": {
              "fromUser": {
                "id": "985d4c5e-7fb0-4062-a9a6-42960fe317fc",
                "projectEnvironmentId": "95b11417-f18f-457f-8804-68e361f9164f",
                "verifiedCredentials": [],
                "email": "fang.wang@example.com",
                "username": "wangfang"
              },
              "conflicts": [
                {
                  "field": {
                    "name": "username",
                    "required": true,
                    "enabled": true,
                    "unique": true,
                    "verify": false,
                    "type": "standard"
                  },
                  "fromUser": {
                    "userId": "985d4c5e-7fb0-4062-a9a6-42960fe317fc",
                    "value": "wangfang"
                  },
                  "currentUser": {
                    "userId": "c7398a3e-6218-4d7b-ab19-d85be3d644c3",
                    "value": "ines_lefevre"
                  }
                }
              ]
            }
          }
        }
      },
      "429": {
        "slowDown": {
          "error": "Too many requests. Please try again later."
        }
      },
      "500": {
        "serverError": {
          "error": "Internal Server Error"
        }
      }
    }
  }
}

export const requests = {
  "bulkCreateUser": {
    "oneUser": [
      {
        "firstName": "Inès",
        "lastName": "Lefèvre",
        "email": "ines.lefevre@example.com",
        "emailVerifiedAt": "2026-09-14T09:26:53Z"
      }
    ],
    "severalUsers": [
      {
        "alias": "Inès",
        "firstName": "Inès",
        "lastName": "Lefèvre",
        "jobTitle": "Product designer",
        "phoneNumber": "+33 1 99 00 47 11",
        "metadata": {
          "importedFrom": "crm",
          "crmId": 48113
        },
        "tShirtSize": "M",
        "team": "Design",
        "policiesConsent": true,
        "country": "FR",
        "username": "ines_lefevre",
        "emailNotification": true,
        "newsletterNotification": false,
        "emailVerifiedAt": "2026-09-14T09:26:53Z",
        "email": "ines.lefevre@example.com",
        "wallets": [
          {
            "publicWalletAddress": "0xe3d644c385ee2c00776fc86421c4916ad52dcec2",
            "chain": "ETH",
            "walletName": "MetaMask",
            "walletProvider": "browserExtension"
          }
        ]
      },
      {
        "alias": "王芳",
        "firstName": "芳",
        "lastName": "王",
        "metadata": {
          "importedFrom": "crm",
          "crmId": 48114
        },
        "policiesConsent": true,
        "country": "TW",
        "username": "wangfang",
        "emailVerifiedAt": "2026-10-02T03:11:07Z",
        "email": "fang.wang@example.com",
        "oauthAccounts": [
          {
            "provider": "google",
            "accountId": "108204268033311374519",
            "emails": [
              "fang.wang@example.com"
            ],
            "displayName": "王芳",
            "username": "fang.wang",
            "photos": [
              "https://photos.example.com/fang-wang.jpg"
            ],
            "profile": {
              "locale": "zh-TW"
            }
          }
        ]
      }
    ],
    "everyField": [
      {
        "alias": "Siobhán",
        "firstName": "Siobhán",
        "lastName": "O'Brien",
        "jobTitle": "Head of R&D",
        "phoneNumber": "+353 20 913 1234",
        "metadata": {
          "plan": "enterprise",
          "seats": 12,
          "tags": [
            "beta",
            "éire"
          ],
          "address": {
            "city": "Galway",
            "postcode": "H91 E2K8"
          }
        },
        "mfaBackupCodeAcknowledgement": "pending",
        "tShirtSize": "XL",
        "team": "Research",
        "policiesConsent": true,
        "country": "IE",
        "username": "siobhan-ob",
        "btcWallet": "3FZbgi29cpjq2GjdwV8eyHuJJnkLtktZc5",
        "kdaWallet": "k:0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
        "ltcWallet": "LUttH43tQ4x4qniCKr1Rqo8ESeXFPdv9ax",
        "ckbWallet": "ckt1q9876543210abcdefghijklmnopqrstuvwxyz",
        "kasWallet": "kaspa:qrelgny7sr3vahq69yykxx36m65gvmhryxrlwngfzgu8xkdslum2yxjp3ap8m",
        "dogeWallet": "DPcy35vmuk8GXcfu1vgFFEeij3BuYYJQKB",
        "emailNotification": true,
        "discordNotification": false,
        "newsletterNotification": true,
        "emailVerifiedAt": "2026-08-30T16:45:00.250Z",
        "email": "siobhan.obrien@example.com",
        "wallets": [
          {
            "publicWalletAddress": "0xd0e2d2506d1c961212818d135904d94ba5fe6c1e",
            "chain": "ETH",
            "walletName": "MetaMask",
            "walletProvider": "browserExtension"
          },
          {
            "publicWalletAddress": "bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0l",
            "chain": "BTC",
            "walletName": "Xverse",
            "walletProvider": "deepLink",
            "additionalWalletAddresses": [
              {
                "address": "bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3297",
                "type": "ordinals",
                "publicKey": "cc8a4bc64d897bddc5fbc2f670f7a8ba0b386779106cf1223c6fc5d7cd6fc115",
                "network": "mainnet"
              },
              {
                "address": "3FZbgi29cpjq2GjdwV8eyHuJJnkLtktZc5",
                "type": "payment"
              }
            ]
          }
        ],
        "oauthAccounts": [
          {
            "provider": "github",
            "accountId": "583231",
            "emails": [
              "siobhan.obrien@example.com",
              "sob@example.org"
            ],
            "displayName": "Siobhán O'Brien",
            "username": "siobhan-ob",
            "photos": [
              "https://photos.example.com/siobhan.png"
            ],
            "profile": {
              "company": "Example Ltd",
              "publicRepos": 41
            }
          }
        ]
      }
    ]
  }
}
