// Written by `rollcall generate` from royalti.yaml. Do not edit: change the document.
export const examples = {
  "bulkCreateUsers": {
    "replies": {
      "201": {
        "allCreated": {
          "message": "Done.",
          "createdUsers": [
            "Chinedu Okafor",
            "陽菜 佐藤",
            "Siobhán O'Rourke"
          ],
          "processedCount": 3,
          "errors": []
        },
        "partlyFailed": {
          "message": "Done.",
          "createdUsers": [
            "Zoë Lindqvist",
            "陽菜 佐藤"
          ],
          "processedCount": 3,
          "errors": [
            "User Chinedu Okafor already associated with workspace!",
            "Invalid email format for André Núñez-García",
            "Invalid email format for Siobhán O'Rourke"
          ]
        },
        "allFailed": {
          "message": "Done.",
          "createdUsers": [],
          "processedCount": 1,
          "errors": [
            "User Chinedu Okafor already associated with workspace!",
            "Invalid email format for Łukasz Wójcik"
          ]
        }
      },
      "400": {
        "missingMember": {
          "success": false,
          "error": {
            "code": "BAD_REQUEST",
            "message": "The request is not valid.",
            "details": [
              "users is required"
            ]
          }
        },
        "wrongType": {
          "success": false,
          "error": {
            "code": "BAD_REQUEST",
            "message": "The request is not valid.",
            "details": [
              "users/0/firstName must be string"
            ]
          }
        }
      },
      "401": {
        "missingToken": {
          "success": false,
          "error": {
            "code": "UNAUTHORIZED",
            "message": "A valid bearer token is required.",
            "details": [
              "the Authorization header is missing"
            ]
          }
        },
        "refusedToken": {
          "success": false,
          "error": {
            "code": "UNAUTHORIZED",
            "message": "A valid bearer token is required.",
            "details": [
              "the token is unknown or expired"
            ]
          }
        }
      },
      "404": {
        "workspaceNotFound": {
          "success": false,
          "error": {
            "code": "NOT_FOUND",
            "message": "The workspace was not found."
          }
        }
      },
      "429": {
        "tooManyRequests": {
          "success": false,
          "error": {
            "code": "TOO_MANY_REQUESTS",
            "message": "Too many requests."
          }
        }
      },
      "500": {
        "internalServerError": {
          "success": false,
          "error": {
            "code": "INTERNAL_SERVER_ERROR",
            "message": "Something went wrong."
          }
        }
      }
    }
  },
  "listUsers": {
    "replies": {
      "200": {
        "firstPage": {
          "message": "success",
          "Users": [
            {
              "id": "ee8e1110-5c44-4654-8fa2-0a55c4ed891f",
              "fullName": "Zoë Lindqvist",
              "firstName": "Zoë",
              "lastName": "Lindqvist",
              "email": "zoe.lindqvist@example.com",
              "role": "user",
              "externalId": "CAT-0417",
              "country": "Sweden",
              "createdAt": "2026-11-02T09:15:30.412Z",
              "updatedAt": "2026-11-12T16:40:02.118Z",
              "User": {
                "email": "zoe.lindqvist@example.com"
              },
              "Artists": [
                {
                  "id": "a900db4d-bb7e-4af7-a3e7-e3db00d8531b",
                  "artistName": "Northern Lights Trio"
                }
              ]
            },
            {
              "id": "88cd49cd-f85d-49d8-bb7e-e165bf32d354",
              "fullName": "陽菜 佐藤",
              "firstName": "陽菜",
              "lastName": "佐藤",
              "email": "hina.sato@example.com",
              "role": "user",
              "externalId": null,
              "country": "Japan",
              "createdAt": "2026-11-03T11:02:47.005Z",
              "updatedAt": "2026-11-03T11:02:47.005Z",
              "User": {
                "email": "hina.sato@example.com"
              },
              "Artists": []
            },
            {
              "id": "d47e82e4-02e3-4488-9bb8-13ab677ab417",
              "fullName": "Back Catalogue",
              "firstName": "Back",
              "lastName": "Catalogue",
              "email": null,
              "role": "user",
              "externalId": null,
              "country": null,
              "createdAt": "2026-11-02T09:15:30.412Z",
              "updatedAt": "2026-11-02T09:15:30.412Z",
              "User": null,
              "Artists": []
            }
          ],
          "count": 3,
          "totalUsers": 3
        },
        "someAttributes": {
          "message": "success",
          "Users": [
            {
              "id": "ee8e1110-5c44-4654-8fa2-0a55c4ed891f",
              "firstName": "Zoë",
              "lastName": "Lindqvist",
              "email": "zoe.lindqvist@example.com"
            }
          ],
          "count": 1,
          "totalUsers": 1
        },
        "nobodyFound": {
          "message": "success",
          "Users": [],
          "count": 0,
          "totalUsers": 0
        }
      },
      "400": {
        "missingMember": {
          "success": false,
          "error": {
            "code": "BAD_REQUEST",
            "message": "The request is not valid.",
            "details": [
              "users is required"
            ]
          }
        },
        "wrongType": {
          "success": false,
          "error": {
            "code": "BAD_REQUEST",
            "message": "The request is not valid.",
            "details": [
              "users/0/firstName must be string"
            ]
          }
        }
      },
      "401": {
        "missingToken": {
          "success": false,
          "error": {
            "code": "UNAUTHORIZED",
            "message": "A valid bearer token is required.",
            "details": [
              "the Authorization header is missing"
            ]
          }
        },
        "refusedToken": {
          "success": false,
          "error": {
            "code": "UNAUTHORIZED",
            "message": "A valid bearer token is required.",
            "details": [
              "the token is unknown or expired"
            ]
          }
        }
      },
      "429": {
        "tooManyRequests": {
          "success": false,
          "error": {
            "code": "TOO_MANY_REQUESTS",
            "message": "Too many requests."
          }
        }
      },
      "500": {
        "internalServerError": {
          "success": false,
          "error": {
            "code": "INTERNAL_SERVER_ERROR",
            "message": "Something went wrong."
          }
        }
      }
    }
  },
  "getUser": {
    "replies": {
      "200": {
        "invited": {
          "id": "ee8e1110-5c44-4654-8fa2-0a55c4ed891f",
          "fullName": "Zoë Lindqvist",
          "firstName": "Zoë",
          "lastName": "Lindqvist",
          "email": "zoe.lindqvist@example.com",
          "phone": "+46701740605",
          "country": "Sweden",
          "ipi": "00123456790",
          "externalId": "CAT-0417",
          "TenantUser": {
            "TenantId": 417,
            "nickName": "zolind",
            "userType": [
              "artist"
            ]
          },
          "invite": {
            "id": "4e3876ce-d22b-4907-ad1d-7b465f9aaff6",
            "status": "invited",
            "date": "2026-11-02T09:15:30.412Z"
          }
        },
        "notInvited": {
          "id": "d47e82e4-02e3-4488-9bb8-13ab677ab417",
          "fullName": "Back Catalogue",
          "firstName": "Back",
          "lastName": "Catalogue",
          "email": null,
          "phone": null,
          "country": null,
          "ipi": null,
          "externalId": null,
          "TenantUser": {
            "TenantId": 417,
            "nickName": "back-catalogue",
            "userType": [
              "label"
            ]
          },
          "invite": null
        }
      },
      "401": {
        "missingToken": {
          "success": false,
          "error": {
            "code": "UNAUTHORIZED",
            "message": "A valid bearer token is required.",
            "details": [
              "the Authorization header is missing"
            ]
          }
        },
        "refusedToken": {
          "success": false,
          "error": {
            "code": "UNAUTHORIZED",
            "message": "A valid bearer token is required.",
            "details": [
              "the token is unknown or expired"
            ]
          }
        }
      },
      "404": {
        "userNotFound": {
          "success": false,
          "error": {
            "code": "NOT_FOUND",
            "message": "The user was not found."
          }
        }
      },
      "429": {
        "tooManyRequests": {
          "success": false,
          "error": {
            "code": "TOO_MANY_REQUESTS",
            "message": "Too many requests."
          }
        }
      },
      "500": {
        "internalServerError": {
          "success": false,
          "error": {
            "code": "INTERNAL_SERVER_ERROR",
            "message": "Something went wrong."
          }
        }
      }
    }
  },
  "deleteUsers": {
    "replies": {
      "200": {
        "allDeleted": {
          "message": "Done.",
          "processedCount": 2,
          "failedDeletions": []
        },
        "partlyDeleted": {
          "message": "Done.",
          "processedCount": 1,
          "failedDeletions": [
            "43e27d59-be3a-40bf-9a24-a8bef8bbf98e"
          ]
        }
      },
      "400": {
        "missingMember": {
          "success": false,
          "error": {
            "code": "BAD_REQUEST",
            "message": "The request is not valid.",
            "details": [
              "users is required"
            ]
          }
        },
        "wrongType": {
          "success": false,
          "error": {
            "code": "BAD_REQUEST",
            "message": "The request is not valid.",
            "details": [
              "users/0/firstName must be string"
            ]
          }
        }
      },
      "401": {
        "missingToken": {
          "success": false,
          "error": {
            "code": "UNAUTHORIZED",
            "message": "A valid bearer token is required.",
            "details": [
              "the Authorization header is missing"
            ]
          }
        },
        "refusedToken": {
          "success": false,
          "error": {
            "code": "UNAUTHORIZED",
            "message": "A valid bearer token is required.",
            "details": [
              "the token is unknown or expired"
            ]
          }
        }
      },
      "429": {
        "tooManyRequests": {
          "success": false,
          "error": {
            "code": "TOO_MANY_REQUESTS",
            "message": "Too many requests."
          }
        }
      },
      "500": {
        "internalServerError": {
          "success": false,
          "error": {
            "code": "INTERNAL_SERVER_ERROR",
            "message": "Something went wrong."
          }
        }
      }
    }
  }
}

export const requests = {
  "bulkCreateUsers": {
    "oneUser": {
      "users": [
        {
          "firstName": "Zoë",
          "lastName": "Lindqvist",
          "nickName": "zolind",
          "userType": "artist",
          "email": "zoe.lindqvist@example.com",
          "role": "user",
          "country": "Sweden"
        }
      ],
      "sendEmail": false
    },
    "severalUsers": {
      "users": [
        {
          "firstName": "Chinedu",
          "lastName": "Okafor",
          "nickName": "edubeats",
          "userType": "producer",
          "email": "chinedu.okafor@example.com",
          "role": "user",
          "country": "Nigeria"
        },
        {
          "firstName": "陽菜",
          "lastName": "佐藤",
          "nickName": "Hina",
          "userType": "writer",
          "email": "hina.sato@example.com",
          "role": "user",
          "country": "Japan"
        },
        {
          "firstName": "Siobhán",
          "lastName": "O'Rourke",
          "userType": "manager",
          "email": "siobhan.orourke@example.com",
          "role": "admin"
        }
      ],
      "sendEmail": false
    },
    "everyField": {
      "users": [
        {
          "firstName": "André",
          "lastName": "Núñez-García",
          "nickName": "Dré",
          "userType": "writer",
          "email": "andre.nunez+royalties@example.com",
          "ipi": "00123456790",
          "role": "user",
          "phone": "+447700900123",
          "country": "United Kingdom"
        }
      ],
      "sendEmail": true,
      "redirect_url": "https://app.example.com/welcome?from=import",
      "message": "Welcome, André! Your royalty statements have a new home."
    },
    "withoutInvitation": {
      "users": [
        {
          "firstName": "Łukasz",
          "lastName": "Wójcik",
          "nickName": "wojcik",
          "userType": "engineer",
          "email": "lukasz.wojcik@example.com",
          "role": "user",
          "country": "Poland"
        },
        {
          "firstName": "Back",
          "lastName": "Catalogue",
          "nickName": "back-catalogue",
          "userType": "label",
          "role": "user"
        }
      ],
      "sendEmail": false
    }
  },
  "deleteUsers": {
    "twoUsers": {
      "ids": [
        "ee8e1110-5c44-4654-8fa2-0a55c4ed891f",
        "43e27d59-be3a-40bf-9a24-a8bef8bbf98e"
      ]
    }
  }
}
