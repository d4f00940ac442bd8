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
        "message": "A login ID is already in use"
      },
      {
        "id": "missing_login_id",
        "level": "row",
        "at": "/failedUsers/*/failure",
        "code": null,
        "message": "A login ID is required"
      },
      {
        "id": "password_conflict",
        "level": "row",
        "at": "/failedUsers/*/failure",
        "code": null,
        "message": "Either a password or a hashed password can be set, not both"
      },
      {
        "id": "E011001",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Request is malformed"
      },
      {
        "id": "E011002",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Missing arguments"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error"
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
        "message": "Request is malformed"
      },
      {
        "id": "E011002",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Missing arguments"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid"
      },
      {
        "id": "E011004",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Invalid arguments"
      },
      {
        "id": "E111127",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "An identifier belongs to another user"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized"
      },
      {
        "id": "E112102",
        "level": "request",
        "status": 404,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "User not found"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error"
      }
    ]
  },
  {
    "id": "patchUsersBatch",
    "role": "subject",
    "method": "PATCH",
    "path": "/v1/mgmt/user/patch/batch",
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
        "id": "user_not_found",
        "level": "row",
        "at": "/failedUsers/*/failure",
        "code": null,
        "message": "Cannot find user"
      },
      {
        "id": "missing_identifier",
        "level": "row",
        "at": "/failedUsers/*/failure",
        "code": null,
        "message": "A login ID or a user ID is required"
      },
      {
        "id": "identifier_taken",
        "level": "row",
        "at": "/failedUsers/*/failure",
        "code": null,
        "message": "An additional identifier is a login ID of another user"
      },
      {
        "id": "invalid_arguments",
        "level": "row",
        "at": "/failedUsers/*/failure",
        "code": null,
        "message": "Invalid arguments"
      },
      {
        "id": "E011001",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Request is malformed"
      },
      {
        "id": "E011002",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Missing arguments"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error"
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
        "message": "Request is malformed"
      },
      {
        "id": "E011002",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Missing arguments"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid"
      },
      {
        "id": "E011004",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Invalid arguments"
      },
      {
        "id": "E111127",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "An identifier belongs to another user"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized"
      },
      {
        "id": "E112102",
        "level": "request",
        "status": 404,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "User not found"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error"
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
        "message": "Missing arguments"
      },
      {
        "id": "E011004",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Invalid arguments"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized"
      },
      {
        "id": "E112102",
        "level": "request",
        "status": 404,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "User not found"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error"
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
        "message": "Request is malformed"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error"
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
        "message": "Request is malformed"
      },
      {
        "id": "E011002",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Missing arguments"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid"
      },
      {
        "id": "E011004",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Invalid arguments"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized"
      },
      {
        "id": "E112102",
        "level": "request",
        "status": 404,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "User not found"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error"
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
        "message": "Request is malformed"
      },
      {
        "id": "E011002",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Missing arguments"
      },
      {
        "id": "E011003",
        "level": "request",
        "status": 400,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "The request is not valid"
      },
      {
        "id": "E111119",
        "level": "request",
        "status": 401,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Unauthorized"
      },
      {
        "id": "E130429",
        "level": "request",
        "status": 429,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Too many requests"
      },
      {
        "id": "E010000",
        "level": "request",
        "status": 500,
        "at": "/errorCode",
        "messageAt": "/errorDescription",
        "message": "Internal error"
      }
    ]
  }
] as const
