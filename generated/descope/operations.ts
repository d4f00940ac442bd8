// Written by `rollcall generate` from descope.yaml. Do not edit: change the document.
export const title = "Descope: user management"
export const version = "2026-11"
export const servers = [
  "https://api.descope.com"
]
export const operations = [
  {
    "id": "createUsersBatch",
    "role": "subject",
    "method": "POST",
    "path": "/v1/mgmt/user/create/batch",
    "parameters": [],
    "body": {
      "required": true,
      "mediaTypes": [
        "application/json"
      ]
    },
    "security": [
      [
        {
          "name": "bearer",
          "type": "http",
          "scheme": "bearer"
        }
      ]
    ],
    "replies": {
      "200": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "400": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "401": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "429": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "500": {
        "mediaTypes": [
          "application/json"
        ]
      }
    },
    "failures": [
      {
        "id": "login_id_exists",
        "level": "row",
        "at": "/failedUsers/*/failure",
        "code": null,
        "message": "A login ID is already in use",
        "when": "A user or an earlier row has one of the row's login IDs, its `additionalIdentifiers` included.",
        "evidence": "assumed"
      },
      {
        "id": "missing_login_id",
        "level": "row",
        "at": "/failedUsers/*/failure",
        "code": null,
        "message": "A login ID is required",
        "when": "The row's `loginId` is missing, null or empty.",
        "evidence": "assumed"
      },
      {
        "id": "password_conflict",
        "level": "row",
        "at": "/failedUsers/*/failure",
        "code": null,
        "message": "Either a password or a hashed password can be set, not both",
        "when": "The row has both `password` and `hashedPassword`.",
        "evidence": "assumed"
      },
      {
        "id": "E011001",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Request is malformed",
        "when": "The body is not JSON.",
        "evidence": "documented"
      },
      {
        "id": "E011002",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Missing arguments",
        "when": "`users` is missing or empty.",
        "evidence": "observed"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid",
        "when": "A member of the body has a wrong type or a value that its schema does not allow.",
        "evidence": "observed"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized",
        "when": "The bearer token is missing, has no colon, or is not let in.",
        "evidence": "assumed"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests",
        "when": "The project has sent more requests than its limit.",
        "evidence": "observed"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error",
        "when": "The service itself fails.",
        "evidence": "assumed"
      }
    ]
  },
  {
    "id": "patchUser",
    "role": "subject",
    "method": "PATCH",
    "path": "/v1/mgmt/user/patch",
    "parameters": [],
    "body": {
      "required": true,
      "mediaTypes": [
        "application/json"
      ]
    },
    "security": [
      [
        {
          "name": "bearer",
          "type": "http",
          "scheme": "bearer"
        }
      ]
    ],
    "replies": {
      "200": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "400": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "401": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "404": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "429": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "500": {
        "mediaTypes": [
          "application/json"
        ]
      }
    },
    "failures": [
      {
        "id": "E011001",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Request is malformed",
        "when": "The body is not JSON.",
        "evidence": "documented"
      },
      {
        "id": "E011002",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Missing arguments",
        "when": "Neither `loginId` nor `userId` is given, or what is given is empty.",
        "evidence": "observed"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid",
        "when": "A member of the body has a wrong type or a value that its schema does not allow.",
        "evidence": "observed"
      },
      {
        "id": "E011004",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Invalid arguments",
        "when": "`roleNames`, `userTenants` or `ssoAppIds` is neither null nor such a list as clients send, or `loginId` and `userId` name different users.",
        "evidence": "assumed"
      },
      {
        "id": "E111127",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "An identifier belongs to another user",
        "when": "One of `additionalIdentifiers` is a login ID of another user.",
        "evidence": "assumed"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized",
        "when": "The bearer token is missing, has no colon, or is not let in.",
        "evidence": "assumed"
      },
      {
        "id": "E112102",
        "level": "request",
        "status": 404,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "User not found",
        "when": "The project has no user with this login ID or user ID.",
        "evidence": "observed"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests",
        "when": "The project has sent more requests than its limit.",
        "evidence": "observed"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error",
        "when": "The service itself fails.",
        "evidence": "assumed"
      }
    ]
  },
  {
    "id": "updateUser",
    "role": "subject",
    "method": "POST",
    "path": "/v1/mgmt/user/update",
    "parameters": [],
    "body": {
      "required": true,
      "mediaTypes": [
        "application/json"
      ]
    },
    "security": [
      [
        {
          "name": "bearer",
          "type": "http",
          "scheme": "bearer"
        }
      ]
    ],
    "replies": {
      "200": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "400": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "401": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "404": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "429": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "500": {
        "mediaTypes": [
          "application/json"
        ]
      }
    },
    "failures": [
      {
        "id": "E011001",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Request is malformed",
        "when": "The body is not JSON.",
        "evidence": "documented"
      },
      {
        "id": "E011002",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Missing arguments",
        "when": "Neither `loginId` nor `userId` is given, or what is given is empty.",
        "evidence": "observed"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid",
        "when": "A member of the body has a wrong type or a value that its schema does not allow.",
        "evidence": "observed"
      },
      {
        "id": "E011004",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Invalid arguments",
        "when": "`loginId` and `userId` name different users.",
        "evidence": "assumed"
      },
      {
        "id": "E111127",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "An identifier belongs to another user",
        "when": "One of `additionalIdentifiers` is a login ID of another user.",
        "evidence": "assumed"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized",
        "when": "The bearer token is missing, has no colon, or is not let in.",
        "evidence": "assumed"
      },
      {
        "id": "E112102",
        "level": "request",
        "status": 404,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "User not found",
        "when": "The project has no user with this login ID or user ID.",
        "evidence": "observed"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests",
        "when": "The project has sent more requests than its limit.",
        "evidence": "observed"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error",
        "when": "The service itself fails.",
        "evidence": "assumed"
      }
    ]
  },
  {
    "id": "loadUser",
    "role": "read-back",
    "method": "GET",
    "path": "/v1/mgmt/user",
    "parameters": [
      {
        "name": "loginId",
        "in": "query",
        "required": false,
        "types": [
          "string"
        ],
        "style": "form",
        "explode": true,
        "example": "amara.okonkwo@example.com"
      },
      {
        "name": "userId",
        "in": "query",
        "required": false,
        "types": [
          "string"
        ],
        "style": "form",
        "explode": true,
        "example": "U2xwxRfbVTTkf3LoCS19ET0KGpg3"
      }
    ],
    "security": [
      [
        {
          "name": "bearer",
          "type": "http",
          "scheme": "bearer"
        }
      ]
    ],
    "replies": {
      "200": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "400": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "401": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "404": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "429": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "500": {
        "mediaTypes": [
          "application/json"
        ]
      }
    },
    "failures": [
      {
        "id": "E011002",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Missing arguments",
        "when": "Neither `loginId` nor `userId` is given, or what is given is empty.",
        "evidence": "observed"
      },
      {
        "id": "E011004",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Invalid arguments",
        "when": "`loginId` and `userId` name different users.",
        "evidence": "assumed"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized",
        "when": "The bearer token is missing, has no colon, or is not let in.",
        "evidence": "assumed"
      },
      {
        "id": "E112102",
        "level": "request",
        "status": 404,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "User not found",
        "when": "The project has no user with this login ID or user ID.",
        "evidence": "observed"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests",
        "when": "The project has sent more requests than its limit.",
        "evidence": "observed"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error",
        "when": "The service itself fails.",
        "evidence": "assumed"
      }
    ]
  },
  {
    "id": "searchUsers",
    "role": "read-back",
    "method": "POST",
    "path": "/v2/mgmt/user/search",
    "parameters": [],
    "body": {
      "required": true,
      "mediaTypes": [
        "application/json"
      ]
    },
    "security": [
      [
        {
          "name": "bearer",
          "type": "http",
          "scheme": "bearer"
        }
      ]
    ],
    "replies": {
      "200": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "400": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "401": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "429": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "500": {
        "mediaTypes": [
          "application/json"
        ]
      }
    },
    "failures": [
      {
        "id": "E011001",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Request is malformed",
        "when": "The body is not JSON.",
        "evidence": "documented"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid",
        "when": "A member of the body has a wrong type or a value that its schema does not allow.",
        "evidence": "observed"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized",
        "when": "The bearer token is missing, has no colon, or is not let in.",
        "evidence": "assumed"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests",
        "when": "The project has sent more requests than its limit.",
        "evidence": "observed"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error",
        "when": "The service itself fails.",
        "evidence": "assumed"
      }
    ]
  },
  {
    "id": "deleteUser",
    "role": "clean-up",
    "method": "POST",
    "path": "/v1/mgmt/user/delete",
    "parameters": [],
    "body": {
      "required": true,
      "mediaTypes": [
        "application/json"
      ]
    },
    "security": [
      [
        {
          "name": "bearer",
          "type": "http",
          "scheme": "bearer"
        }
      ]
    ],
    "replies": {
      "200": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "400": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "401": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "404": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "429": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "500": {
        "mediaTypes": [
          "application/json"
        ]
      }
    },
    "failures": [
      {
        "id": "E011001",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Request is malformed",
        "when": "The body is not JSON.",
        "evidence": "documented"
      },
      {
        "id": "E011002",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Missing arguments",
        "when": "Neither `loginId` nor `userId` is given, or what is given is empty.",
        "evidence": "observed"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid",
        "when": "A member of the body has a wrong type or a value that its schema does not allow.",
        "evidence": "observed"
      },
      {
        "id": "E011004",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Invalid arguments",
        "when": "`loginId` and `userId` name different users.",
        "evidence": "assumed"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized",
        "when": "The bearer token is missing, has no colon, or is not let in.",
        "evidence": "assumed"
      },
      {
        "id": "E112102",
        "level": "request",
        "status": 404,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "User not found",
        "when": "The project has no user with this login ID or user ID.",
        "evidence": "observed"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests",
        "when": "The project has sent more requests than its limit.",
        "evidence": "observed"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error",
        "when": "The service itself fails.",
        "evidence": "assumed"
      }
    ]
  },
  {
    "id": "deleteUsersBatch",
    "role": "clean-up",
    "method": "POST",
    "path": "/v1/mgmt/user/delete/batch",
    "parameters": [],
    "body": {
      "required": true,
      "mediaTypes": [
        "application/json"
      ]
    },
    "security": [
      [
        {
          "name": "bearer",
          "type": "http",
          "scheme": "bearer"
        }
      ]
    ],
    "replies": {
      "200": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "400": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "401": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "429": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "500": {
        "mediaTypes": [
          "application/json"
        ]
      }
    },
    "failures": [
      {
        "id": "E011001",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Request is malformed",
        "when": "The body is not JSON.",
        "evidence": "documented"
      },
      {
        "id": "E011002",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Missing arguments",
        "when": "`userIds` is missing or empty.",
        "evidence": "observed"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid",
        "when": "A member of the body has a wrong type or a value that its schema does not allow.",
        "evidence": "observed"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized",
        "when": "The bearer token is missing, has no colon, or is not let in.",
        "evidence": "assumed"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests",
        "when": "The project has sent more requests than its limit.",
        "evidence": "observed"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error",
        "when": "The service itself fails.",
        "evidence": "assumed"
      }
    ]
  }
] as const
