// Written by `rollcall generate` from members.yaml. Do not edit: change the document.
export const title = "A club and its books"
export const version = "1"
export const servers = [
  "https://club.example.com/v1"
]
export const operations = [
  {
    "id": "createMembers",
    "role": "subject",
    "method": "POST",
    "path": "/members",
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
      "500": {
        "mediaTypes": [
          "application/json"
        ]
      }
    },
    "failures": [
      {
        "id": "email_taken",
        "level": "row",
        "at": "/failed/*/code",
        "messageAt": "/failed/*/message",
        "message": "Somebody has this e-mail."
      }
    ]
  },
  {
    "id": "getMember",
    "role": "read-back",
    "method": "GET",
    "path": "/members/{memberId}",
    "parameters": [
      {
        "name": "memberId",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false
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
      "500": {
        "mediaTypes": [
          "application/json"
        ]
      }
    },
    "failures": [
      {
        "id": "not_found",
        "level": "request",
        "status": 404,
        "at": "/message",
        "code": null,
        "message": "There is no such member."
      }
    ]
  },
  {
    "id": "deleteMember",
    "role": "clean-up",
    "method": "DELETE",
    "path": "/members/{memberId}",
    "parameters": [
      {
        "name": "memberId",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false
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
      "404": {
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
        "id": "not_found",
        "level": "request",
        "status": 404,
        "at": "/message",
        "code": null,
        "message": "There is no such member."
      }
    ]
  },
  {
    "id": "listLoans",
    "role": "read-back",
    "method": "GET",
    "path": "/members/{memberId}/loans",
    "parameters": [
      {
        "name": "memberId",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false
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
      "500": {
        "mediaTypes": [
          "application/json"
        ]
      }
    },
    "failures": [
      {
        "id": "not_found",
        "level": "request",
        "status": 404,
        "at": "/message",
        "code": null,
        "message": "There is no such member."
      }
    ]
  },
  {
    "id": "createLoan",
    "role": "subject",
    "method": "POST",
    "path": "/members/{memberId}/loans",
    "parameters": [
      {
        "name": "memberId",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false
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
      "500": {
        "mediaTypes": [
          "application/json"
        ]
      }
    },
    "failures": [
      {
        "id": "not_found",
        "level": "request",
        "status": 404,
        "at": "/message",
        "code": null,
        "message": "There is no such member."
      }
    ]
  },
  {
    "id": "getLoan",
    "role": "read-back",
    "method": "GET",
    "path": "/loans/{loanId}",
    "parameters": [
      {
        "name": "loanId",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false
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
      "500": {
        "mediaTypes": [
          "application/json"
        ]
      }
    },
    "failures": [
      {
        "id": "not_found",
        "level": "request",
        "status": 404,
        "at": "/message",
        "code": null,
        "message": "There is no such loan."
      }
    ]
  },
  {
    "id": "deleteLoan",
    "role": "clean-up",
    "method": "DELETE",
    "path": "/loans/{loanId}",
    "parameters": [
      {
        "name": "loanId",
        "in": "path",
        "required": true,
        "types": [
          "string"
        ],
        "style": "simple",
        "explode": false
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
      "404": {
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
        "id": "not_found",
        "level": "request",
        "status": 404,
        "at": "/message",
        "code": null,
        "message": "There is no such loan."
      }
    ]
  }
] as const
