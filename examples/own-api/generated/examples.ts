// Written by `rollcall generate` from members.yaml. Do not edit: change the document.
export const examples = {
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
}

export const requests = {
  "createMembers": {
    "oneMember": {
      "members": [
        {
          "email": "ada@example.com",
          "name": "Ada"
        }
      ]
    }
  },
  "createLoan": {
    "oneBook": {
      "book": "Middlemarch"
    }
  }
}
