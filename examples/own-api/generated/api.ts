// Written by `rollcall generate` from members.yaml. Do not edit: change the document.
import { createApi } from 'rollcall/generated'
import validators from './validators.js'

/**
 * The API of the document, for createMock and createHandlers: it validates, and remembers what is created, changed and
 * removed. Behaviours of your own go over it: extendApi(api, behaviours).
 */
export const api = /* @__PURE__ */ createApi({
  name: "members",
  title: "A club and its books",
  version: "1",
  servers: ["https://club.example.com/v1"],
  operations: [
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
],
  validators,
  examples: {
 "createMembers": {
  "replies": {
   "201": {
    "allCreated": {
     "created": [
      {
       "id": "0f8f1a5c-52f4-4a53-9d0a-5f1f0f0d7c11",
       "email": "ada@example.com",
       "name": "Ada"
      }
     ],
     "failed": []
    }
   },
   "400": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "401": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "500": {
    "refused": {
     "message": "The request is not valid."
    }
   }
  }
 },
 "getMember": {
  "replies": {
   "200": {
    "ada": {
     "id": "0f8f1a5c-52f4-4a53-9d0a-5f1f0f0d7c11",
     "email": "ada@example.com",
     "name": "Ada"
    }
   },
   "400": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "401": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "404": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "500": {
    "refused": {
     "message": "The request is not valid."
    }
   }
  }
 },
 "deleteMember": {
  "replies": {
   "400": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "401": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "404": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "500": {
    "refused": {
     "message": "The request is not valid."
    }
   }
  }
 },
 "listLoans": {
  "replies": {
   "200": {
    "none": {
     "loans": []
    }
   },
   "400": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "401": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "404": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "500": {
    "refused": {
     "message": "The request is not valid."
    }
   }
  }
 },
 "createLoan": {
  "replies": {
   "201": {
    "lent": {
     "id": "6a1c8b1e-90d7-4a3e-8d55-0c1f7b6e2a41",
     "memberId": "0f8f1a5c-52f4-4a53-9d0a-5f1f0f0d7c11",
     "book": "Middlemarch"
    }
   },
   "400": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "401": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "404": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "500": {
    "refused": {
     "message": "The request is not valid."
    }
   }
  }
 },
 "getLoan": {
  "replies": {
   "200": {
    "lent": {
     "id": "6a1c8b1e-90d7-4a3e-8d55-0c1f7b6e2a41",
     "memberId": "0f8f1a5c-52f4-4a53-9d0a-5f1f0f0d7c11",
     "book": "Middlemarch"
    }
   },
   "400": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "401": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "404": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "500": {
    "refused": {
     "message": "The request is not valid."
    }
   }
  }
 },
 "deleteLoan": {
  "replies": {
   "400": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "401": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "404": {
    "refused": {
     "message": "The request is not valid."
    }
   },
   "500": {
    "refused": {
     "message": "The request is not valid."
    }
   }
  }
 }
},
  plan: {
 "resources": [
  {
   "name": "members",
   "noun": "member",
   "under": 0,
   "identity": {
    "member": "id",
    "next": "uuid"
   },
   "isMade": true,
   "item": "/members/{memberId}",
   "fill": {
    "email": {
     "value": "ada@example.com"
    },
    "name": {
     "value": "Ada"
    }
   },
   "servers": [
    "id"
   ],
   "example": {
    "id": "0f8f1a5c-52f4-4a53-9d0a-5f1f0f0d7c11",
    "email": "ada@example.com",
    "name": "Ada"
   },
   "records": [
    {
     "under": [],
     "id": "0f8f1a5c-52f4-4a53-9d0a-5f1f0f0d7c11",
     "data": {
      "id": "0f8f1a5c-52f4-4a53-9d0a-5f1f0f0d7c11",
      "email": "ada@example.com",
      "name": "Ada"
     }
    }
   ]
  },
  {
   "name": "members.loans",
   "noun": "loan",
   "under": 1,
   "parent": "members",
   "identity": {
    "member": "id",
    "next": "uuid"
   },
   "isMade": true,
   "item": "/loans/{loanId}",
   "fill": {
    "memberId": {
     "step": 0
    },
    "book": {
     "value": "Middlemarch"
    }
   },
   "servers": [
    "id",
    "memberId"
   ],
   "example": {
    "id": "6a1c8b1e-90d7-4a3e-8d55-0c1f7b6e2a41",
    "memberId": "0f8f1a5c-52f4-4a53-9d0a-5f1f0f0d7c11",
    "book": "Middlemarch"
   },
   "records": [
    {
     "under": [
      "0f8f1a5c-52f4-4a53-9d0a-5f1f0f0d7c11"
     ],
     "id": "6a1c8b1e-90d7-4a3e-8d55-0c1f7b6e2a41",
     "data": {
      "id": "6a1c8b1e-90d7-4a3e-8d55-0c1f7b6e2a41",
      "memberId": "0f8f1a5c-52f4-4a53-9d0a-5f1f0f0d7c11",
      "book": "Middlemarch"
     }
    }
   ]
  }
 ],
 "operations": {
  "getMember": {
   "resource": "members",
   "role": "read",
   "status": 200,
   "id": 0,
   "reply": [],
   "shows": [
    "id",
    "email",
    "name"
   ]
  },
  "deleteMember": {
   "resource": "members",
   "role": "delete",
   "status": 204,
   "id": 0
  },
  "listLoans": {
   "resource": "members.loans",
   "role": "list",
   "status": 200,
   "shows": [
    "id",
    "memberId",
    "book"
   ],
   "list": {
    "at": [
     "loans"
    ],
    "item": [],
    "filters": {},
    "totals": []
   }
  },
  "createLoan": {
   "resource": "members.loans",
   "role": "create",
   "status": 201,
   "request": [],
   "reply": [],
   "shows": [
    "id",
    "memberId",
    "book"
   ]
  },
  "getLoan": {
   "resource": "members.loans",
   "role": "read",
   "status": 200,
   "id": 0,
   "reply": [],
   "shows": [
    "id",
    "memberId",
    "book"
   ]
  },
  "deleteLoan": {
   "resource": "members.loans",
   "role": "delete",
   "status": 204,
   "id": 0
  }
 }
},
})
