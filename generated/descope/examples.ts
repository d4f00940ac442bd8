// Written by `rollcall generate` from descope.yaml. Do not edit: change the document.
export const examples = {
  "createUsersBatch": {
    "replies": {
      "200": {
        "allCreated": {
          "createdUsers": [
            {
              "loginIds": [
                "amara.okonkwo@example.com"
              ],
              "externalIds": [
                "amara.okonkwo@example.com"
              ],
              "userId": "U2xwxRfbVTTkf3LoCS19ET0KGpg3",
              "name": "Amara Okonkwo",
              "givenName": "Amara",
              "middleName": "",
              "familyName": "Okonkwo",
              "email": "amara.okonkwo@example.com",
              "phone": "",
              "verifiedEmail": true,
              "verifiedPhone": false,
              "picture": "",
              "roleNames": [
                "Editor"
              ],
              "permissions": [],
              "userTenants": [],
              "ssoAppIds": [],
              "status": "invited",
              "test": false,
              "customAttributes": {
                "department": "Field",
                "badge": 4711,
                "remote": true
              },
              "createdTime": 1748862930,
              "password": false,
              "TOTP": false,
              "SAML": false,
              "SCIM": false,
              "OIDC": false,
              "OAuth": {},
              "webauthn": false,
              "push": false,
              "editable": false,
              "consentExpiration": 0,
              "recoveryEmail": "",
              "recoveryPhone": "",
              "verifiedRecoveryEmail": false,
              "verifiedRecoveryPhone": false
            },
            {
              "loginIds": [
                "+33639980017"
              ],
              "externalIds": [
                "+33639980017"
              ],
              "userId": "U2xwxRqKSSJng2CXIxIzS1vRjZ15",
              "name": "Léa Dubois",
              "givenName": "Léa",
              "middleName": "",
              "familyName": "Dubois",
              "email": "",
              "phone": "+33639980017",
              "verifiedEmail": false,
              "verifiedPhone": true,
              "picture": "",
              "roleNames": [],
              "permissions": [],
              "userTenants": [],
              "ssoAppIds": [],
              "status": "invited",
              "test": false,
              "customAttributes": {},
              "createdTime": 1748862931,
              "password": false,
              "TOTP": false,
              "SAML": false,
              "SCIM": false,
              "OIDC": false,
              "OAuth": {},
              "webauthn": false,
              "push": false,
              "editable": false,
              "consentExpiration": 0,
              "recoveryEmail": "",
              "recoveryPhone": "",
              "verifiedRecoveryEmail": false,
              "verifiedRecoveryPhone": false
            },
            {
              "loginIds": [
                "kenji.tanaka",
                "kt-0815"
              ],
              "externalIds": [
                "kenji.tanaka",
                "kt-0815"
              ],
              "userId": "U2xwxRuq5IgD7x2cLSuFaEqCGF3P",
              "name": "田中 健二",
              "givenName": "健二",
              "middleName": "",
              "familyName": "田中",
              "email": "kenji.tanaka@example.com",
              "phone": "",
              "verifiedEmail": false,
              "verifiedPhone": false,
              "picture": "",
              "roleNames": [],
              "permissions": [],
              "userTenants": [
                {
                  "tenantId": "T2beSnJIWWfIrzEBVmKNxaLS0klz",
                  "tenantName": "Acme Field Services",
                  "roleNames": [
                    "Editor",
                    "Billing"
                  ],
                  "permissions": []
                }
              ],
              "ssoAppIds": [],
              "status": "disabled",
              "test": false,
              "customAttributes": {},
              "createdTime": 1748862932,
              "password": false,
              "TOTP": false,
              "SAML": false,
              "SCIM": false,
              "OIDC": false,
              "OAuth": {},
              "webauthn": false,
              "push": false,
              "editable": false,
              "consentExpiration": 0,
              "recoveryEmail": "",
              "recoveryPhone": "",
              "verifiedRecoveryEmail": false,
              "verifiedRecoveryPhone": false
            }
          ],
          "failedUsers": [],
          "additionalErrors": {}
        },
        "partlyFailed": {
          "createdUsers": [
            {
              "loginIds": [
                "amara.okonkwo@example.com"
              ],
              "externalIds": [
                "amara.okonkwo@example.com"
              ],
              "userId": "U2xwxRfbVTTkf3LoCS19ET0KGpg3",
              "name": "Amara Okonkwo",
              "givenName": "Amara",
              "middleName": "",
              "familyName": "Okonkwo",
              "email": "amara.okonkwo@example.com",
              "phone": "",
              "verifiedEmail": true,
              "verifiedPhone": false,
              "picture": "",
              "roleNames": [
                "Editor"
              ],
              "permissions": [],
              "userTenants": [],
              "ssoAppIds": [],
              "status": "invited",
              "test": false,
              "customAttributes": {
                "department": "Field",
                "badge": 4711,
                "remote": true
              },
              "createdTime": 1748862930,
              "password": false,
              "TOTP": false,
              "SAML": false,
              "SCIM": false,
              "OIDC": false,
              "OAuth": {},
              "webauthn": false,
              "push": false,
              "editable": false,
              "consentExpiration": 0,
              "recoveryEmail": "",
              "recoveryPhone": "",
              "verifiedRecoveryEmail": false,
              "verifiedRecoveryPhone": false
            }
          ],
          "failedUsers": [
            {
              "failure": "A login ID is already in use",
              "user": {
                "loginIds": [
                  "siobhan.oneill@example.com"
                ],
                "externalIds": [
                  "siobhan.oneill@example.com"
                ],
                "userId": "",
                "name": "Siobhán O'Neill",
                "givenName": "",
                "middleName": "",
                "familyName": "",
                "email": "siobhan.oneill@example.com",
                "phone": "",
                "verifiedEmail": true,
                "verifiedPhone": false,
                "picture": "",
                "roleNames": [],
                "permissions": [],
                "userTenants": [],
                "ssoAppIds": [],
                "status": "invited",
                "test": false,
                "customAttributes": {},
                "createdTime": 0,
                "password": false,
                "TOTP": false,
                "SAML": false,
                "SCIM": false,
                "OIDC": false,
                "OAuth": {},
                "webauthn": false,
                "push": false,
                "editable": false,
                "consentExpiration": 0,
                "recoveryEmail": "",
                "recoveryPhone": "",
                "verifiedRecoveryEmail": false,
                "verifiedRecoveryPhone": false
              }
            },
            {
              "failure": "Either a password or a hashed password can be set, not both",
              "user": {
                "loginIds": [
                  "tariq.haddad@example.com"
                ],
                "externalIds": [
                  "tariq.haddad@example.com"
                ],
                "userId": "",
                "name": "Tariq Haddad",
                "givenName": "",
                "middleName": "",
                "familyName": "",
                "email": "tariq.haddad@example.com",
                "phone": "",
                "verifiedEmail": true,
                "verifiedPhone": false,
                "picture": "",
                "roleNames": [],
                "permissions": [],
                "userTenants": [],
                "ssoAppIds": [],
                "status": "invited",
                "test": false,
                "customAttributes": {},
                "createdTime": 0,
                "password": false,
                "TOTP": false,
                "SAML": false,
                "SCIM": false,
                "OIDC": false,
                "OAuth": {},
                "webauthn": false,
                "push": false,
                "editable": false,
                "consentExpiration": 0,
                "recoveryEmail": "",
                "recoveryPhone": "",
                "verifiedRecoveryEmail": false,
                "verifiedRecoveryPhone": false
              }
            }
          ],
          "additionalErrors": {}
        },
        "allFailed": {
          "createdUsers": [],
          "failedUsers": [
            {
              "failure": "A login ID is already in use",
              "user": {
                "loginIds": [
                  "siobhan.oneill@example.com"
                ],
                "externalIds": [
                  "siobhan.oneill@example.com"
                ],
                "userId": "",
                "name": "Siobhán O'Neill",
                "givenName": "",
                "middleName": "",
                "familyName": "",
                "email": "siobhan.oneill@example.com",
                "phone": "",
                "verifiedEmail": true,
                "verifiedPhone": false,
                "picture": "",
                "roleNames": [],
                "permissions": [],
                "userTenants": [],
                "ssoAppIds": [],
                "status": "invited",
                "test": false,
                "customAttributes": {},
                "createdTime": 0,
                "password": false,
                "TOTP": false,
                "SAML": false,
                "SCIM": false,
                "OIDC": false,
                "OAuth": {},
                "webauthn": false,
                "push": false,
                "editable": false,
                "consentExpiration": 0,
                "recoveryEmail": "",
                "recoveryPhone": "",
                "verifiedRecoveryEmail": false,
                "verifiedRecoveryPhone": false
              }
            },
            {
              "failure": "A login ID is required",
              "user": {
                "loginIds": [],
                "externalIds": [],
                "userId": "",
                "name": "Björn Åslund",
                "givenName": "",
                "middleName": "",
                "familyName": "",
                "email": "bjorn.aslund@example.com",
                "phone": "",
                "verifiedEmail": true,
                "verifiedPhone": false,
                "picture": "",
                "roleNames": [],
                "permissions": [],
                "userTenants": [],
                "ssoAppIds": [],
                "status": "invited",
                "test": false,
                "customAttributes": {},
                "createdTime": 0,
                "password": false,
                "TOTP": false,
                "SAML": false,
                "SCIM": false,
                "OIDC": false,
                "OAuth": {},
                "webauthn": false,
                "push": false,
                "editable": false,
                "consentExpiration": 0,
                "recoveryEmail": "",
                "recoveryPhone": "",
                "verifiedRecoveryEmail": false,
                "verifiedRecoveryPhone": false
              }
            }
          ],
          "additionalErrors": {}
        }
      },
      "400": {
        "missingList": {
          "errorCode": "E011002",
          "errorDescription": "Missing arguments",
          "errorMessage": "The list must not be empty"
        },
        "malformed": {
          "errorCode": "E011001",
          "errorDescription": "Request is malformed",
          "errorMessage": "The body is not JSON"
        },
        "invalidValue": {
          "errorCode": "E011003",
          "errorDescription": "The request is not valid",
          "errorMessage": "A member of the body has a wrong type"
        }
      },
      "401": {
        "unauthorized": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized"
        },
        "missingToken": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized",
          "errorMessage": "A bearer token is required"
        }
      },
      "429": {
        "tooManyRequests": {
          "errorCode": "E130429",
          "errorDescription": "Too many requests"
        }
      },
      "500": {
        "internalServerError": {
          "errorCode": "E010000",
          "errorDescription": "Internal error"
        }
      }
    }
  },
  "patchUser": {
    "replies": {
      "200": {
        "patched": {
          "user": {
            "loginIds": [
              "amara.okonkwo@example.com"
            ],
            "externalIds": [
              "amara.okonkwo@example.com"
            ],
            "userId": "U2xwxRfbVTTkf3LoCS19ET0KGpg3",
            "name": "Amara Okonkwo",
            "givenName": "Amara",
            "middleName": "",
            "familyName": "Okonkwo",
            "email": "amara.okonkwo@example.com",
            "phone": "+2348031230017",
            "verifiedEmail": true,
            "verifiedPhone": true,
            "picture": "",
            "roleNames": [
              "Editor",
              "Billing"
            ],
            "permissions": [],
            "userTenants": [],
            "ssoAppIds": [],
            "status": "enabled",
            "test": false,
            "customAttributes": {
              "department": "Field",
              "badge": 4711,
              "remote": true
            },
            "createdTime": 1748862930,
            "password": false,
            "TOTP": false,
            "SAML": false,
            "SCIM": false,
            "OIDC": false,
            "OAuth": {},
            "webauthn": false,
            "push": false,
            "editable": false,
            "consentExpiration": 0,
            "recoveryEmail": "",
            "recoveryPhone": "",
            "verifiedRecoveryEmail": false,
            "verifiedRecoveryPhone": false
          },
          "created": false
        },
        "rolesCleared": {
          "user": {
            "loginIds": [
              "amara.okonkwo@example.com"
            ],
            "externalIds": [
              "amara.okonkwo@example.com"
            ],
            "userId": "U2xwxRfbVTTkf3LoCS19ET0KGpg3",
            "name": "Amara Okonkwo",
            "givenName": "Amara",
            "middleName": "",
            "familyName": "Okonkwo",
            "email": "amara.okonkwo@example.com",
            "phone": "+2348031230017",
            "verifiedEmail": true,
            "verifiedPhone": true,
            "picture": "",
            "roleNames": [],
            "permissions": [],
            "userTenants": [],
            "ssoAppIds": [],
            "status": "enabled",
            "test": false,
            "customAttributes": {
              "department": "Field",
              "badge": 4711,
              "remote": true
            },
            "createdTime": 1748862930,
            "password": false,
            "TOTP": false,
            "SAML": false,
            "SCIM": false,
            "OIDC": false,
            "OAuth": {},
            "webauthn": false,
            "push": false,
            "editable": false,
            "consentExpiration": 0,
            "recoveryEmail": "",
            "recoveryPhone": "",
            "verifiedRecoveryEmail": false,
            "verifiedRecoveryPhone": false
          },
          "created": false
        }
      },
      "400": {
        "missingIdentifier": {
          "errorCode": "E011002",
          "errorDescription": "Missing arguments",
          "errorMessage": "loginId or userId is required"
        },
        "malformed": {
          "errorCode": "E011001",
          "errorDescription": "Request is malformed",
          "errorMessage": "The body is not JSON"
        },
        "invalidValue": {
          "errorCode": "E011003",
          "errorDescription": "The request is not valid",
          "errorMessage": "A member of the body has a wrong type"
        },
        "twoUsers": {
          "errorCode": "E011004",
          "errorDescription": "Invalid arguments",
          "errorMessage": "loginId and userId name different users"
        },
        "identifierTaken": {
          "errorCode": "E111127",
          "errorDescription": "An identifier belongs to another user",
          "errorMessage": "kt-0815 is a login ID of another user"
        }
      },
      "401": {
        "unauthorized": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized"
        },
        "missingToken": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized",
          "errorMessage": "A bearer token is required"
        }
      },
      "404": {
        "userNotFound": {
          "errorCode": "E112102",
          "errorDescription": "User not found",
          "errorMessage": "Cannot find user"
        }
      },
      "429": {
        "tooManyRequests": {
          "errorCode": "E130429",
          "errorDescription": "Too many requests"
        }
      },
      "500": {
        "internalServerError": {
          "errorCode": "E010000",
          "errorDescription": "Internal error"
        }
      }
    }
  },
  "patchUsersBatch": {
    "replies": {
      "200": {
        "allPatched": {
          "patchedUsers": [
            {
              "loginIds": [
                "amara.okonkwo@example.com"
              ],
              "externalIds": [
                "amara.okonkwo@example.com"
              ],
              "userId": "U2xwxRfbVTTkf3LoCS19ET0KGpg3",
              "name": "Amara Okonkwo",
              "givenName": "Amara",
              "middleName": "",
              "familyName": "Okonkwo",
              "email": "amara.okonkwo@example.com",
              "phone": "+2348031230017",
              "verifiedEmail": true,
              "verifiedPhone": true,
              "picture": "",
              "roleNames": [
                "Editor",
                "Billing"
              ],
              "permissions": [],
              "userTenants": [],
              "ssoAppIds": [],
              "status": "enabled",
              "test": false,
              "customAttributes": {
                "department": "Field",
                "badge": 4711,
                "remote": true
              },
              "createdTime": 1748862930,
              "password": false,
              "TOTP": false,
              "SAML": false,
              "SCIM": false,
              "OIDC": false,
              "OAuth": {},
              "webauthn": false,
              "push": false,
              "editable": false,
              "consentExpiration": 0,
              "recoveryEmail": "",
              "recoveryPhone": "",
              "verifiedRecoveryEmail": false,
              "verifiedRecoveryPhone": false
            }
          ],
          "failedUsers": [],
          "additionalErrors": {}
        },
        "partlyPatched": {
          "patchedUsers": [
            {
              "loginIds": [
                "amara.okonkwo@example.com"
              ],
              "externalIds": [
                "amara.okonkwo@example.com"
              ],
              "userId": "U2xwxRfbVTTkf3LoCS19ET0KGpg3",
              "name": "Amara Okonkwo",
              "givenName": "Amara",
              "middleName": "",
              "familyName": "Okonkwo",
              "email": "amara.okonkwo@example.com",
              "phone": "+2348031230017",
              "verifiedEmail": true,
              "verifiedPhone": true,
              "picture": "",
              "roleNames": [
                "Editor",
                "Billing"
              ],
              "permissions": [],
              "userTenants": [],
              "ssoAppIds": [],
              "status": "enabled",
              "test": false,
              "customAttributes": {
                "department": "Field",
                "badge": 4711,
                "remote": true
              },
              "createdTime": 1748862930,
              "password": false,
              "TOTP": false,
              "SAML": false,
              "SCIM": false,
              "OIDC": false,
              "OAuth": {},
              "webauthn": false,
              "push": false,
              "editable": false,
              "consentExpiration": 0,
              "recoveryEmail": "",
              "recoveryPhone": "",
              "verifiedRecoveryEmail": false,
              "verifiedRecoveryPhone": false
            }
          ],
          "failedUsers": [
            {
              "failure": "Cannot find user",
              "user": {
                "loginIds": [
                  "siobhan.oneill@example.com"
                ],
                "externalIds": [
                  "siobhan.oneill@example.com"
                ],
                "userId": "",
                "name": "Siobhán O'Neill",
                "givenName": "",
                "middleName": "",
                "familyName": "",
                "email": "siobhan.oneill@example.com",
                "phone": "",
                "verifiedEmail": true,
                "verifiedPhone": false,
                "picture": "",
                "roleNames": [],
                "permissions": [],
                "userTenants": [],
                "ssoAppIds": [],
                "status": "invited",
                "test": false,
                "customAttributes": {},
                "createdTime": 0,
                "password": false,
                "TOTP": false,
                "SAML": false,
                "SCIM": false,
                "OIDC": false,
                "OAuth": {},
                "webauthn": false,
                "push": false,
                "editable": false,
                "consentExpiration": 0,
                "recoveryEmail": "",
                "recoveryPhone": "",
                "verifiedRecoveryEmail": false,
                "verifiedRecoveryPhone": false
              }
            }
          ],
          "additionalErrors": {}
        }
      },
      "400": {
        "missingList": {
          "errorCode": "E011002",
          "errorDescription": "Missing arguments",
          "errorMessage": "The list must not be empty"
        },
        "malformed": {
          "errorCode": "E011001",
          "errorDescription": "Request is malformed",
          "errorMessage": "The body is not JSON"
        },
        "invalidValue": {
          "errorCode": "E011003",
          "errorDescription": "The request is not valid",
          "errorMessage": "A member of the body has a wrong type"
        }
      },
      "401": {
        "unauthorized": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized"
        },
        "missingToken": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized",
          "errorMessage": "A bearer token is required"
        }
      },
      "429": {
        "tooManyRequests": {
          "errorCode": "E130429",
          "errorDescription": "Too many requests"
        }
      },
      "500": {
        "internalServerError": {
          "errorCode": "E010000",
          "errorDescription": "Internal error"
        }
      }
    }
  },
  "updateUser": {
    "replies": {
      "200": {
        "replaced": {
          "user": {
            "loginIds": [
              "siobhan.oneill@example.com"
            ],
            "externalIds": [
              "siobhan.oneill@example.com"
            ],
            "userId": "U2r4FQMEsWaNvDVCb7lIljfWNpaS",
            "name": "Siobhán O'Neill",
            "givenName": "Siobhán",
            "middleName": "",
            "familyName": "O'Neill",
            "email": "siobhan.oneill@example.com",
            "phone": "+447700900142",
            "verifiedEmail": true,
            "verifiedPhone": true,
            "picture": "",
            "roleNames": [
              "Billing"
            ],
            "permissions": [],
            "userTenants": [
              {
                "tenantId": "T2beSnJIWWfIrzEBVmKNxaLS0klz",
                "tenantName": "Acme Field Services",
                "roleNames": [
                  "Editor"
                ],
                "permissions": []
              }
            ],
            "ssoAppIds": [],
            "status": "enabled",
            "test": false,
            "customAttributes": {
              "department": "Office"
            },
            "createdTime": 1735810422,
            "password": true,
            "TOTP": false,
            "SAML": false,
            "SCIM": false,
            "OIDC": false,
            "OAuth": {},
            "webauthn": false,
            "push": false,
            "editable": false,
            "consentExpiration": 0,
            "recoveryEmail": "",
            "recoveryPhone": "",
            "verifiedRecoveryEmail": false,
            "verifiedRecoveryPhone": false
          },
          "created": false
        },
        "reduced": {
          "user": {
            "loginIds": [
              "siobhan.oneill@example.com"
            ],
            "externalIds": [
              "siobhan.oneill@example.com"
            ],
            "userId": "U2r4FQMEsWaNvDVCb7lIljfWNpaS",
            "name": "",
            "givenName": "",
            "middleName": "",
            "familyName": "",
            "email": "siobhan.oneill@example.com",
            "phone": "",
            "verifiedEmail": true,
            "verifiedPhone": false,
            "picture": "",
            "roleNames": [],
            "permissions": [],
            "userTenants": [],
            "ssoAppIds": [],
            "status": "enabled",
            "test": false,
            "customAttributes": {},
            "createdTime": 1735810422,
            "password": true,
            "TOTP": false,
            "SAML": false,
            "SCIM": false,
            "OIDC": false,
            "OAuth": {},
            "webauthn": false,
            "push": false,
            "editable": false,
            "consentExpiration": 0,
            "recoveryEmail": "",
            "recoveryPhone": "",
            "verifiedRecoveryEmail": false,
            "verifiedRecoveryPhone": false
          },
          "created": false
        }
      },
      "400": {
        "missingIdentifier": {
          "errorCode": "E011002",
          "errorDescription": "Missing arguments",
          "errorMessage": "loginId or userId is required"
        },
        "malformed": {
          "errorCode": "E011001",
          "errorDescription": "Request is malformed",
          "errorMessage": "The body is not JSON"
        },
        "invalidValue": {
          "errorCode": "E011003",
          "errorDescription": "The request is not valid",
          "errorMessage": "A member of the body has a wrong type"
        },
        "twoUsers": {
          "errorCode": "E011004",
          "errorDescription": "Invalid arguments",
          "errorMessage": "loginId and userId name different users"
        },
        "identifierTaken": {
          "errorCode": "E111127",
          "errorDescription": "An identifier belongs to another user",
          "errorMessage": "kt-0815 is a login ID of another user"
        }
      },
      "401": {
        "unauthorized": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized"
        },
        "missingToken": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized",
          "errorMessage": "A bearer token is required"
        }
      },
      "404": {
        "userNotFound": {
          "errorCode": "E112102",
          "errorDescription": "User not found",
          "errorMessage": "Cannot find user"
        }
      },
      "429": {
        "tooManyRequests": {
          "errorCode": "E130429",
          "errorDescription": "Too many requests"
        }
      },
      "500": {
        "internalServerError": {
          "errorCode": "E010000",
          "errorDescription": "Internal error"
        }
      }
    }
  },
  "loadUser": {
    "replies": {
      "200": {
        "loaded": {
          "user": {
            "loginIds": [
              "amara.okonkwo@example.com"
            ],
            "externalIds": [
              "amara.okonkwo@example.com"
            ],
            "userId": "U2xwxRfbVTTkf3LoCS19ET0KGpg3",
            "name": "Amara Okonkwo",
            "givenName": "Amara",
            "middleName": "",
            "familyName": "Okonkwo",
            "email": "amara.okonkwo@example.com",
            "phone": "",
            "verifiedEmail": true,
            "verifiedPhone": false,
            "picture": "",
            "roleNames": [
              "Editor"
            ],
            "permissions": [],
            "userTenants": [],
            "ssoAppIds": [],
            "status": "invited",
            "test": false,
            "customAttributes": {
              "department": "Field",
              "badge": 4711,
              "remote": true
            },
            "createdTime": 1748862930,
            "password": false,
            "TOTP": false,
            "SAML": false,
            "SCIM": false,
            "OIDC": false,
            "OAuth": {},
            "webauthn": false,
            "push": false,
            "editable": false,
            "consentExpiration": 0,
            "recoveryEmail": "",
            "recoveryPhone": "",
            "verifiedRecoveryEmail": false,
            "verifiedRecoveryPhone": false
          }
        },
        "loginIdAlone": {
          "user": {
            "loginIds": [
              "night.shift.3"
            ],
            "externalIds": [
              "night.shift.3"
            ],
            "userId": "U2xwxab31DA0PfB4nI8gY6f3TOv0",
            "name": "",
            "givenName": "",
            "middleName": "",
            "familyName": "",
            "email": "",
            "phone": "",
            "verifiedEmail": false,
            "verifiedPhone": false,
            "picture": "",
            "roleNames": [],
            "permissions": [],
            "userTenants": [],
            "ssoAppIds": [],
            "status": "invited",
            "test": false,
            "customAttributes": {},
            "createdTime": 1748863001,
            "password": false,
            "TOTP": false,
            "SAML": false,
            "SCIM": false,
            "OIDC": false,
            "OAuth": {},
            "webauthn": false,
            "push": false,
            "editable": false,
            "consentExpiration": 0,
            "recoveryEmail": "",
            "recoveryPhone": "",
            "verifiedRecoveryEmail": false,
            "verifiedRecoveryPhone": false
          }
        }
      },
      "400": {
        "missingIdentifier": {
          "errorCode": "E011002",
          "errorDescription": "Missing arguments",
          "errorMessage": "loginId or userId is required"
        },
        "twoUsers": {
          "errorCode": "E011004",
          "errorDescription": "Invalid arguments",
          "errorMessage": "loginId and userId name different users"
        }
      },
      "401": {
        "unauthorized": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized"
        },
        "missingToken": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized",
          "errorMessage": "A bearer token is required"
        }
      },
      "404": {
        "userNotFound": {
          "errorCode": "E112102",
          "errorDescription": "User not found",
          "errorMessage": "Cannot find user"
        }
      },
      "429": {
        "tooManyRequests": {
          "errorCode": "E130429",
          "errorDescription": "Too many requests"
        }
      },
      "500": {
        "internalServerError": {
          "errorCode": "E010000",
          "errorDescription": "Internal error"
        }
      }
    }
  },
  "searchUsers": {
    "replies": {
      "200": {
        "found": {
          "users": [
            {
              "loginIds": [
                "amara.okonkwo@example.com"
              ],
              "externalIds": [
                "amara.okonkwo@example.com"
              ],
              "userId": "U2xwxRfbVTTkf3LoCS19ET0KGpg3",
              "name": "Amara Okonkwo",
              "givenName": "Amara",
              "middleName": "",
              "familyName": "Okonkwo",
              "email": "amara.okonkwo@example.com",
              "phone": "",
              "verifiedEmail": true,
              "verifiedPhone": false,
              "picture": "",
              "roleNames": [
                "Editor"
              ],
              "permissions": [],
              "userTenants": [],
              "ssoAppIds": [],
              "status": "invited",
              "test": false,
              "customAttributes": {
                "department": "Field",
                "badge": 4711,
                "remote": true
              },
              "createdTime": 1748862930,
              "password": false,
              "TOTP": false,
              "SAML": false,
              "SCIM": false,
              "OIDC": false,
              "OAuth": {},
              "webauthn": false,
              "push": false,
              "editable": false,
              "consentExpiration": 0,
              "recoveryEmail": "",
              "recoveryPhone": "",
              "verifiedRecoveryEmail": false,
              "verifiedRecoveryPhone": false
            },
            {
              "loginIds": [
                "+33639980017"
              ],
              "externalIds": [
                "+33639980017"
              ],
              "userId": "U2xwxRqKSSJng2CXIxIzS1vRjZ15",
              "name": "Léa Dubois",
              "givenName": "Léa",
              "middleName": "",
              "familyName": "Dubois",
              "email": "",
              "phone": "+33639980017",
              "verifiedEmail": false,
              "verifiedPhone": true,
              "picture": "",
              "roleNames": [],
              "permissions": [],
              "userTenants": [],
              "ssoAppIds": [],
              "status": "invited",
              "test": false,
              "customAttributes": {},
              "createdTime": 1748862931,
              "password": false,
              "TOTP": false,
              "SAML": false,
              "SCIM": false,
              "OIDC": false,
              "OAuth": {},
              "webauthn": false,
              "push": false,
              "editable": false,
              "consentExpiration": 0,
              "recoveryEmail": "",
              "recoveryPhone": "",
              "verifiedRecoveryEmail": false,
              "verifiedRecoveryPhone": false
            },
            {
              "loginIds": [
                "kenji.tanaka",
                "kt-0815"
              ],
              "externalIds": [
                "kenji.tanaka",
                "kt-0815"
              ],
              "userId": "U2xwxRuq5IgD7x2cLSuFaEqCGF3P",
              "name": "田中 健二",
              "givenName": "健二",
              "middleName": "",
              "familyName": "田中",
              "email": "kenji.tanaka@example.com",
              "phone": "",
              "verifiedEmail": false,
              "verifiedPhone": false,
              "picture": "",
              "roleNames": [],
              "permissions": [],
              "userTenants": [
                {
                  "tenantId": "T2beSnJIWWfIrzEBVmKNxaLS0klz",
                  "tenantName": "Acme Field Services",
                  "roleNames": [
                    "Editor",
                    "Billing"
                  ],
                  "permissions": []
                }
              ],
              "ssoAppIds": [],
              "status": "disabled",
              "test": false,
              "customAttributes": {},
              "createdTime": 1748862932,
              "password": false,
              "TOTP": false,
              "SAML": false,
              "SCIM": false,
              "OIDC": false,
              "OAuth": {},
              "webauthn": false,
              "push": false,
              "editable": false,
              "consentExpiration": 0,
              "recoveryEmail": "",
              "recoveryPhone": "",
              "verifiedRecoveryEmail": false,
              "verifiedRecoveryPhone": false
            }
          ],
          "total": 3
        },
        "nobodyFound": {
          "users": [],
          "total": 0
        },
        "testUserFound": {
          "users": [
            {
              "loginIds": [
                "checkout-tester@example.com"
              ],
              "externalIds": [
                "checkout-tester@example.com"
              ],
              "userId": "U2tqWXakZvGLFpM9XONmLilZA3FN",
              "name": "Checkout Tester",
              "givenName": "",
              "middleName": "",
              "familyName": "",
              "email": "checkout-tester@example.com",
              "phone": "",
              "verifiedEmail": true,
              "verifiedPhone": false,
              "picture": "",
              "roleNames": [],
              "permissions": [],
              "userTenants": [],
              "ssoAppIds": [],
              "status": "enabled",
              "test": true,
              "customAttributes": {},
              "createdTime": 1741080125,
              "password": false,
              "TOTP": false,
              "SAML": false,
              "SCIM": false,
              "OIDC": false,
              "OAuth": {},
              "webauthn": false,
              "push": false,
              "editable": false,
              "consentExpiration": 0,
              "recoveryEmail": "",
              "recoveryPhone": "",
              "verifiedRecoveryEmail": false,
              "verifiedRecoveryPhone": false
            }
          ],
          "total": 1
        }
      },
      "400": {
        "invalidValue": {
          "errorCode": "E011003",
          "errorDescription": "The request is not valid",
          "errorMessage": "A member of the body has a wrong type"
        },
        "malformed": {
          "errorCode": "E011001",
          "errorDescription": "Request is malformed",
          "errorMessage": "The body is not JSON"
        }
      },
      "401": {
        "unauthorized": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized"
        },
        "missingToken": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized",
          "errorMessage": "A bearer token is required"
        }
      },
      "429": {
        "tooManyRequests": {
          "errorCode": "E130429",
          "errorDescription": "Too many requests"
        }
      },
      "500": {
        "internalServerError": {
          "errorCode": "E010000",
          "errorDescription": "Internal error"
        }
      }
    }
  },
  "deleteUser": {
    "replies": {
      "200": {
        "deleted": {}
      },
      "400": {
        "missingIdentifier": {
          "errorCode": "E011002",
          "errorDescription": "Missing arguments",
          "errorMessage": "loginId or userId is required"
        },
        "malformed": {
          "errorCode": "E011001",
          "errorDescription": "Request is malformed",
          "errorMessage": "The body is not JSON"
        },
        "invalidValue": {
          "errorCode": "E011003",
          "errorDescription": "The request is not valid",
          "errorMessage": "A member of the body has a wrong type"
        },
        "twoUsers": {
          "errorCode": "E011004",
          "errorDescription": "Invalid arguments",
          "errorMessage": "loginId and userId name different users"
        }
      },
      "401": {
        "unauthorized": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized"
        },
        "missingToken": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized",
          "errorMessage": "A bearer token is required"
        }
      },
      "404": {
        "userNotFound": {
          "errorCode": "E112102",
          "errorDescription": "User not found",
          "errorMessage": "Cannot find user"
        }
      },
      "429": {
        "tooManyRequests": {
          "errorCode": "E130429",
          "errorDescription": "Too many requests"
        }
      },
      "500": {
        "internalServerError": {
          "errorCode": "E010000",
          "errorDescription": "Internal error"
        }
      }
    }
  },
  "deleteUsersBatch": {
    "replies": {
      "200": {
        "deleted": {}
      },
      "400": {
        "missingList": {
          "errorCode": "E011002",
          "errorDescription": "Missing arguments",
          "errorMessage": "The list must not be empty"
        },
        "malformed": {
          "errorCode": "E011001",
          "errorDescription": "Request is malformed",
          "errorMessage": "The body is not JSON"
        },
        "invalidValue": {
          "errorCode": "E011003",
          "errorDescription": "The request is not valid",
          "errorMessage": "A member of the body has a wrong type"
        }
      },
      "401": {
        "unauthorized": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized"
        },
        "missingToken": {
          "errorCode": "E111119",
          "errorDescription": "Unauthorized",
          "errorMessage": "A bearer token is required"
        }
      },
      "429": {
        "tooManyRequests": {
          "errorCode": "E130429",
          "errorDescription": "Too many requests"
        }
      },
      "500": {
        "internalServerError": {
          "errorCode": "E010000",
          "errorDescription": "Internal error"
        }
      }
    }
  }
}

export const requests = {
  "createUsersBatch": {
    "oneUser": {
      "users": [
        {
          "loginId": "amara.okonkwo@example.com",
          "name": "Amara Okonkwo",
          "givenName": "Amara",
          "familyName": "Okonkwo",
          "roleNames": [
            "Editor"
          ]
        }
      ]
    },
    "severalUsers": {
      "users": [
        {
          "loginId": "amara.okonkwo@example.com",
          "name": "Amara Okonkwo",
          "givenName": "Amara",
          "familyName": "Okonkwo",
          "roleNames": [
            "Editor"
          ],
          "customAttributes": {
            "department": "Field",
            "badge": 4711,
            "remote": true
          }
        },
        {
          "loginId": "+33-6-39-98-00-17",
          "phone": "+33-6-39-98-00-17",
          "verifiedPhone": true,
          "name": "Léa Dubois",
          "givenName": "Léa",
          "familyName": "Dubois"
        },
        {
          "loginId": "kenji.tanaka",
          "additionalIdentifiers": [
            "kt-0815"
          ],
          "email": "kenji.tanaka@example.com",
          "verifiedEmail": false,
          "name": "田中 健二",
          "givenName": "健二",
          "familyName": "田中",
          "status": "disabled",
          "userTenants": [
            {
              "tenantId": "T2beSnJIWWfIrzEBVmKNxaLS0klz",
              "roleNames": [
                "Editor",
                "Billing"
              ]
            }
          ]
        }
      ]
    },
    "importedPasswords": {
      "users": [
        {
          "loginId": "siobhan.oneill@example.com",
          "name": "Siobhán O'Neill",
          "createdTime": 1735810422,
          "hashedPassword": {
            "bcrypt": {
              "hash": "$2a$10$erB5dESMt6duLd/ZyhVvSHP2OO..YZTTjmXYVXvkAszTQfGok.pGl"
            }
          }
        },
        {
          "loginId": "tariq.haddad@example.com",
          "name": "Tariq Haddad",
          "hashedPassword": {
            "pbkdf2": {
              "hash": "hrQLusWwRMBBbgzIFMoE8FejE8+72hUcvpipm12wf4o=",
              "salt": "cm9sbGNhbGwtc2FsdC0wMQ==",
              "iterations": 100000,
              "type": "sha256"
            }
          }
        },
        {
          "loginId": "ines.carvalho@example.com",
          "name": "Inês Carvalho",
          "hashedPassword": {
            "firebase": {
              "hash": "SxtYzItEE8YyJ5sKbc1hZ7RjQ9xJwiEHGUs1iZiUOhEkvJz5n9k4s4Wxm7fzKA7OgYTPyOVGA4XC4OUWF71Bjg==",
              "salt": "ZmlyZXNhbHQ=",
              "saltSeparator": "Bw==",
              "signerKey": "aqcjja47dvOybvBTSIpHo20bkao7xa2fv8oRN739bwTZsTJK+NFJZtSMRJ28ul+L+wB6ntZ+t8F3HZVfbl0+zg==",
              "memory": 14,
              "rounds": 8
            }
          }
        },
        {
          "loginId": "bjorn.aslund@example.com",
          "name": "Björn Åslund",
          "hashedPassword": {
            "django": {
              "hash": "pbkdf2_sha256$260000$seasalt$XUD1NGB6CWJAMQjnLCzOJd2D7vUIyVVWen5Ryy6leco="
            }
          }
        },
        {
          "loginId": "mai.nguyen@example.com",
          "name": "Nguyễn Thị Mai",
          "password": "correct horse battery staple"
        }
      ]
    },
    "invitations": {
      "users": [
        {
          "loginId": "amara.okonkwo@example.com",
          "name": "Amara Okonkwo"
        },
        {
          "loginId": "lea.dubois@example.com",
          "name": "Léa Dubois"
        }
      ],
      "invite": true,
      "sendMail": true,
      "sendSMS": false,
      "inviteUrl": "https://app.example.com/welcome",
      "templateOptions": {
        "company": "Acme Field Services"
      }
    },
    "clientNames": {
      "users": [
        {
          "loginId": "kenji.tanaka",
          "additionalLoginIds": [
            "kt-0815"
          ],
          "displayName": "田中 健二",
          "email": "kenji.tanaka@example.com",
          "phone": null,
          "picture": null,
          "ssoAppIDs": [
            "SA2gvFbYhzbcZUXqnVcJE8goJtzNZ"
          ],
          "test": false
        }
      ],
      "invite": true,
      "locale": "ja",
      "templateId": "welcome-2026"
    },
    "everyField": {
      "users": [
        {
          "loginId": "amara.okonkwo@example.com",
          "email": "amara.okonkwo@example.com",
          "phone": "+2348031230017",
          "verifiedEmail": true,
          "verifiedPhone": true,
          "name": "Amara Okonkwo",
          "givenName": "Amara",
          "middleName": "Chidinma",
          "familyName": "Okonkwo",
          "picture": "https://cdn.example.com/portraits/amara.png",
          "roleNames": [
            "Editor",
            "Billing"
          ],
          "userTenants": [
            {
              "tenantId": "T2beSnJIWWfIrzEBVmKNxaLS0klz",
              "roleNames": [
                "Editor"
              ]
            }
          ],
          "ssoAppIds": [
            "SA2gvFbYhzbcZUXqnVcJE8goJtzNZ"
          ],
          "status": "enabled",
          "customAttributes": {
            "department": "Field",
            "badge": 4711,
            "remote": true,
            "languages": [
              "en",
              "ig"
            ]
          },
          "additionalIdentifiers": [
            "okonkwo.amara"
          ],
          "test": false,
          "password": "correct horse battery staple",
          "seed": "UDYUSCRA2AQRZGL3IS6DK7QZOLPKXCXD",
          "createdTime": 1741080125,
          "recoveryEmail": "amara.private@example.net",
          "recoveryPhone": "+2348031230018",
          "verifiedRecoveryEmail": true,
          "verifiedRecoveryPhone": false
        }
      ]
    }
  },
  "patchUser": {
    "someFields": {
      "loginId": "amara.okonkwo@example.com",
      "phone": "+2348031230017",
      "verifiedPhone": true,
      "roleNames": [
        "Editor",
        "Billing"
      ],
      "status": "enabled"
    },
    "clearedRoles": {
      "userId": "U2xwxRfbVTTkf3LoCS19ET0KGpg3",
      "roleNames": []
    },
    "patchWithClientNames": {
      "loginId": "amara.okonkwo@example.com",
      "displayName": "Amara Okonkwo-Bell",
      "familyName": "Okonkwo-Bell",
      "scim": false
    },
    "patchedAttributes": {
      "loginId": "kenji.tanaka",
      "userTenants": [
        {
          "tenantId": "T2k5X41008DtqMhloGZrw95XD3C6",
          "roleNames": [
            "Billing"
          ]
        }
      ],
      "ssoAppIds": [
        "SA2gvFbYhzbcZUXqnVcJE8goJtzNZ"
      ],
      "customAttributes": {
        "department": "Office",
        "languages": [
          "ja",
          "en"
        ]
      }
    }
  },
  "patchUsersBatch": {
    "patchOneUser": {
      "users": [
        {
          "loginId": "amara.okonkwo@example.com",
          "phone": "+2348031230017",
          "verifiedPhone": true,
          "roleNames": [
            "Editor",
            "Billing"
          ],
          "status": "enabled"
        }
      ]
    }
  },
  "updateUser": {
    "allDetails": {
      "loginId": "siobhan.oneill@example.com",
      "email": "siobhan.oneill@example.com",
      "phone": "+447700900142",
      "verifiedEmail": true,
      "verifiedPhone": true,
      "name": "Siobhán O'Neill",
      "givenName": "Siobhán",
      "familyName": "O'Neill",
      "roleNames": [
        "Billing"
      ],
      "userTenants": [
        {
          "tenantId": "T2beSnJIWWfIrzEBVmKNxaLS0klz",
          "roleNames": [
            "Editor"
          ]
        }
      ],
      "customAttributes": {
        "department": "Office"
      }
    },
    "emailAlone": {
      "loginId": "siobhan.oneill@example.com",
      "email": "siobhan.oneill@example.com",
      "verifiedEmail": true
    },
    "updateWithClientNames": {
      "loginId": "siobhan.oneill@example.com",
      "email": "siobhan.oneill@example.com",
      "phone": null,
      "displayName": "Siobhán O'Neill",
      "roleNames": [],
      "userTenants": [],
      "picture": null,
      "customAttributes": null,
      "additionalLoginIds": null,
      "ssoAppIDs": null,
      "test": false
    }
  },
  "searchUsers": {
    "byLoginIds": {
      "loginIds": [
        "amara.okonkwo@example.com",
        "+33639980017",
        "kenji.tanaka"
      ],
      "limit": 25,
      "page": 0
    },
    "everybody": {},
    "byText": {
      "text": "okonkwo"
    },
    "byRoleAndTenant": {
      "tenantIds": [
        "T2beSnJIWWfIrzEBVmKNxaLS0klz"
      ],
      "roleNames": [
        "Editor"
      ],
      "statuses": [
        "disabled",
        "expired"
      ]
    },
    "newestOfAMonth": {
      "fromCreatedTime": "1748736000000",
      "toCreatedTime": "1751327999999",
      "sort": [
        {
          "field": "createdTime",
          "desc": true
        }
      ]
    },
    "testUsers": {
      "withTestUser": true,
      "testUsersOnly": true
    }
  },
  "deleteUser": {
    "deleteByLoginId": {
      "loginId": "amara.okonkwo@example.com"
    },
    "deleteByUserId": {
      "userId": "U2xwxRfbVTTkf3LoCS19ET0KGpg3"
    }
  },
  "deleteUsersBatch": {
    "deleteTwoUsers": {
      "userIds": [
        "U2xwxRfbVTTkf3LoCS19ET0KGpg3",
        "U2xwxRqKSSJng2CXIxIzS1vRjZ15"
      ]
    }
  }
}
