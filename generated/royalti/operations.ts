// Written by `rollcall generate` from royalti.yaml. Do not edit: change the document.
export const title = "Royalti.io: bulk users"
export const version = "2026-11"
export const servers = [
  "https://api.royalti.io",
  "https://server26-dot-royalti-project.uc.r.appspot.com"
]
export const operations = [
  {
    "id": "bulkCreateUsers",
    "role": "subject",
    "method": "POST",
    "path": "/user/bulk",
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
        "id": "already_associated",
        "level": "row",
        "at": "/errors/*",
        "code": null,
        "message": "User {firstName} {lastName} already associated with workspace!"
      },
      {
        "id": "invalid_email",
        "level": "row",
        "at": "/errors/*",
        "code": null,
        "message": "Invalid email format for {firstName} {lastName}"
      },
      {
        "id": "bad_request",
        "level": "request",
        "status": 400,
        "at": "/error/code",
        "code": "BAD_REQUEST",
        "messageAt": "/error/message",
        "message": "The request is not valid."
      },
      {
        "id": "unauthorized",
        "level": "request",
        "status": 401,
        "at": "/error/code",
        "code": "UNAUTHORIZED",
        "messageAt": "/error/message",
        "message": "A valid bearer token is required."
      },
      {
        "id": "workspace_not_found",
        "level": "request",
        "status": 404,
        "at": "/error/code",
        "code": "NOT_FOUND",
        "messageAt": "/error/message",
        "message": "The workspace was not found."
      },
      {
        "id": "too_many_requests",
        "level": "request",
        "status": 429,
        "at": "/error/code",
        "code": "TOO_MANY_REQUESTS",
        "messageAt": "/error/message",
        "message": "Too many requests."
      },
      {
        "id": "internal_server_error",
        "level": "request",
        "status": 500,
        "at": "/error/code",
        "code": "INTERNAL_SERVER_ERROR",
        "messageAt": "/error/message",
        "message": "Something went wrong."
      }
    ]
  },
  {
    "id": "listUsers",
    "role": "read-back",
    "method": "GET",
    "path": "/user/",
    "parameters": [
      {
        "name": "q",
        "in": "query",
        "required": false,
        "types": [
          "string"
        ],
        "style": "form",
        "explode": true,
        "example": "lindqvist"
      },
      {
        "name": "page",
        "in": "query",
        "required": false,
        "types": [
          "integer"
        ],
        "style": "form",
        "explode": true,
        "example": 1
      },
      {
        "name": "size",
        "in": "query",
        "required": false,
        "types": [
          "integer"
        ],
        "style": "form",
        "explode": true,
        "example": 25
      },
      {
        "name": "sort",
        "in": "query",
        "required": false,
        "types": [
          "string"
        ],
        "style": "form",
        "explode": true,
        "example": "createdAt"
      },
      {
        "name": "order",
        "in": "query",
        "required": false,
        "types": [
          "string"
        ],
        "style": "form",
        "explode": true,
        "example": "asc"
      },
      {
        "name": "role",
        "in": "query",
        "required": false,
        "types": [
          "string"
        ],
        "style": "form",
        "explode": true,
        "example": "user,admin"
      },
      {
        "name": "externalId",
        "in": "query",
        "required": false,
        "types": [
          "string"
        ],
        "style": "form",
        "explode": true,
        "example": "CAT-0417"
      },
      {
        "name": "attributes",
        "in": "query",
        "required": false,
        "types": [
          "string"
        ],
        "style": "form",
        "explode": true,
        "example": "firstName,lastName,email"
      },
      {
        "name": "accounting",
        "in": "query",
        "required": false,
        "types": [
          "string"
        ],
        "style": "form",
        "explode": true,
        "example": "false"
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
        "at": "/error/code",
        "code": "BAD_REQUEST",
        "messageAt": "/error/message",
        "message": "The request is not valid."
      },
      {
        "id": "unauthorized",
        "level": "request",
        "status": 401,
        "at": "/error/code",
        "code": "UNAUTHORIZED",
        "messageAt": "/error/message",
        "message": "A valid bearer token is required."
      },
      {
        "id": "too_many_requests",
        "level": "request",
        "status": 429,
        "at": "/error/code",
        "code": "TOO_MANY_REQUESTS",
        "messageAt": "/error/message",
        "message": "Too many requests."
      },
      {
        "id": "internal_server_error",
        "level": "request",
        "status": 500,
        "at": "/error/code",
        "code": "INTERNAL_SERVER_ERROR",
        "messageAt": "/error/message",
        "message": "Something went wrong."
      }
    ]
  },
  {
    "id": "getUser",
    "role": "read-back",
    "method": "GET",
    "path": "/user/{id}",
    "parameters": [
      {
        "name": "id",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false,
        "example": "ee8e1110-5c44-4654-8fa2-0a55c4ed891f"
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
        "id": "unauthorized",
        "level": "request",
        "status": 401,
        "at": "/error/code",
        "code": "UNAUTHORIZED",
        "messageAt": "/error/message",
        "message": "A valid bearer token is required."
      },
      {
        "id": "not_found",
        "level": "request",
        "status": 404,
        "at": "/error/code",
        "code": "NOT_FOUND",
        "messageAt": "/error/message",
        "message": "The user was not found."
      },
      {
        "id": "too_many_requests",
        "level": "request",
        "status": 429,
        "at": "/error/code",
        "code": "TOO_MANY_REQUESTS",
        "messageAt": "/error/message",
        "message": "Too many requests."
      },
      {
        "id": "internal_server_error",
        "level": "request",
        "status": 500,
        "at": "/error/code",
        "code": "INTERNAL_SERVER_ERROR",
        "messageAt": "/error/message",
        "message": "Something went wrong."
      }
    ]
  },
  {
    "id": "deleteUsers",
    "role": "clean-up",
    "method": "POST",
    "path": "/user/bulk/delete",
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
        "id": "bad_request",
        "level": "request",
        "status": 400,
        "at": "/error/code",
        "code": "BAD_REQUEST",
        "messageAt": "/error/message",
        "message": "The request is not valid."
      },
      {
        "id": "unauthorized",
        "level": "request",
        "status": 401,
        "at": "/error/code",
        "code": "UNAUTHORIZED",
        "messageAt": "/error/message",
        "message": "A valid bearer token is required."
      },
      {
        "id": "too_many_requests",
        "level": "request",
        "status": 429,
        "at": "/error/code",
        "code": "TOO_MANY_REQUESTS",
        "messageAt": "/error/message",
        "message": "Too many requests."
      },
      {
        "id": "internal_server_error",
        "level": "request",
        "status": 500,
        "at": "/error/code",
        "code": "INTERNAL_SERVER_ERROR",
        "messageAt": "/error/message",
        "message": "Something went wrong."
      }
    ]
  }
] as const
