// Written by `rollcall generate` from dynamic.yaml. Do not edit: change the document.
export const title = "Dynamic: bulk users"
export const version = "2026-11"
export const servers = [
  "https://app.dynamicauth.com/api/v0",
  "https://app.dynamic.xyz/api/v0"
]
export const operations = [
  {
    "id": "bulkCreateUser",
    "role": "subject",
    "method": "POST",
    "path": "/environments/{environmentId}/users/bulk",
    "parameters": [
      {
        "name": "environmentId",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false,
        "example": "95b11417-f18f-457f-8804-68e361f9164f"
      },
      {
        "name": "upsert",
        "in": "query",
        "required": false,
        "types": [
          "boolean"
        ],
        "style": "form",
        "explode": true,
        "example": true
      }
    ],
    "body": {
      "required": true,
      "mediaTypes": [
        "application/json"
      ]
    },
    "security": [
      [
        {
          "name": "bearerAuth",
          "type": "http",
          "scheme": "bearer"
        }
      ]
    ],
    "replies": {
      "201": {
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
      "403": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "422": {
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
        "id": "email_already_exists",
        "level": "row",
        "at": "/failed/*/code",
        "messageAt": "/failed/*/error",
        "message": "Resources already exists for this Object"
      },
      {
        "id": "username_already_exists",
        "level": "row",
        "at": "/failed/*/code",
        "messageAt": "/failed/*/error",
        "message": "Resources already exists for this Object"
      },
      {
        "id": "reassign_wallet_error",
        "level": "row",
        "at": "/failed/*/code",
        "messageAt": "/failed/*/error",
        "message": "Resources already exists for this Object"
      },
      {
        "id": "social_account_already_exists",
        "level": "row",
        "at": "/failed/*/code",
        "messageAt": "/failed/*/error",
        "message": "Resources already exists for this Object"
      },
      {
        "id": "merge_accounts_invalid",
        "level": "row",
        "at": "/failed/*/code",
        "messageAt": "/failed/*/error",
        "message": "This row names two different users"
      },
      {
        "id": "metadata_size_exceeded",
        "level": "row",
        "at": "/failed/*/code",
        "messageAt": "/failed/*/error",
        "message": "Metadata is larger than 512 KB"
      },
      {
        "id": "bad_request",
        "level": "request",
        "status": 400,
        "at": "400",
        "message": "The path, the query or the body breaks its schema."
      },
      {
        "id": "no_jwt",
        "level": "request",
        "status": 401,
        "at": "/error",
        "code": null,
        "message": "No jwt provided!"
      },
      {
        "id": "access_forbidden",
        "level": "request",
        "status": 403,
        "at": "/error",
        "code": null,
        "message": "Access Forbidden"
      }
    ]
  },
  {
    "id": "listUsers",
    "role": "read-back",
    "method": "GET",
    "path": "/environments/{environmentId}/users",
    "parameters": [
      {
        "name": "environmentId",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false,
        "example": "95b11417-f18f-457f-8804-68e361f9164f"
      },
      {
        "name": "offset",
        "in": "query",
        "required": false,
        "types": [
          "integer"
        ],
        "style": "form",
        "explode": true,
        "example": 0
      },
      {
        "name": "limit",
        "in": "query",
        "required": false,
        "types": [
          "integer"
        ],
        "style": "form",
        "explode": true,
        "example": 20
      },
      {
        "name": "orderBy",
        "in": "query",
        "required": false,
        "types": [
          "string"
        ],
        "style": "form",
        "explode": true,
        "example": "createdAt-desc"
      },
      {
        "name": "filter",
        "in": "query",
        "required": false,
        "types": [
          "object"
        ],
        "style": "deepObject",
        "explode": true,
        "example": {
          "filterColumn": "email",
          "filterValue": "ines.lefevre@example.com"
        }
      },
      {
        "name": "includeSessions",
        "in": "query",
        "required": false,
        "types": [
          "boolean"
        ],
        "style": "form",
        "explode": true,
        "example": true
      }
    ],
    "security": [
      [
        {
          "name": "bearerAuth",
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
      "403": {
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
        "id": "bad_request",
        "level": "request",
        "status": 400,
        "at": "400",
        "message": "The path or the query breaks its schema."
      },
      {
        "id": "no_jwt",
        "level": "request",
        "status": 401,
        "at": "/error",
        "code": null,
        "message": "No jwt provided!"
      },
      {
        "id": "access_forbidden",
        "level": "request",
        "status": 403,
        "at": "/error",
        "code": null,
        "message": "Access Forbidden"
      }
    ]
  },
  {
    "id": "getUser",
    "role": "read-back",
    "method": "GET",
    "path": "/environments/{environmentId}/users/{userId}",
    "parameters": [
      {
        "name": "environmentId",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false,
        "example": "95b11417-f18f-457f-8804-68e361f9164f"
      },
      {
        "name": "userId",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false,
        "example": "c7398a3e-6218-4d7b-ab19-d85be3d644c3"
      }
    ],
    "security": [
      [
        {
          "name": "bearerAuth",
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
      "403": {
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
        "id": "bad_request",
        "level": "request",
        "status": 400,
        "at": "400",
        "message": "An id in the path is not a UUID in lower case."
      },
      {
        "id": "no_jwt",
        "level": "request",
        "status": 401,
        "at": "/error",
        "code": null,
        "message": "No jwt provided!"
      },
      {
        "id": "access_forbidden",
        "level": "request",
        "status": 403,
        "at": "/error",
        "code": null,
        "message": "Access Forbidden"
      },
      {
        "id": "not_found",
        "level": "request",
        "status": 404,
        "at": "/code",
        "messageAt": "/error",
        "message": "Not Found"
      }
    ]
  },
  {
    "id": "deleteUser",
    "role": "clean-up",
    "method": "DELETE",
    "path": "/environments/{environmentId}/users/{userId}",
    "parameters": [
      {
        "name": "environmentId",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false,
        "example": "95b11417-f18f-457f-8804-68e361f9164f"
      },
      {
        "name": "userId",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false,
        "example": "c7398a3e-6218-4d7b-ab19-d85be3d644c3"
      }
    ],
    "security": [
      [
        {
          "name": "bearerAuth",
          "type": "http",
          "scheme": "bearer"
        }
      ]
    ],
    "replies": {
      "204": {
        "mediaTypes": []
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
      "403": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "404": {
        "mediaTypes": [
          "application/json"
        ]
      },
      "422": {
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
        "id": "bad_request",
        "level": "request",
        "status": 400,
        "at": "400",
        "message": "An id in the path is not a UUID in lower case."
      },
      {
        "id": "no_jwt",
        "level": "request",
        "status": 401,
        "at": "/error",
        "code": null,
        "message": "No jwt provided!"
      },
      {
        "id": "access_forbidden",
        "level": "request",
        "status": 403,
        "at": "/error",
        "code": null,
        "message": "Access Forbidden"
      },
      {
        "id": "not_found",
        "level": "request",
        "status": 404,
        "at": "/code",
        "messageAt": "/error",
        "message": "Not Found"
      }
    ]
  }
] as const
