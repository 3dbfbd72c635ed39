package com.cloudbees.plugins.credentials.domains;

import java.io.Serializable;

/** Narrows a domain; the harness has none. */
public abstract class DomainSpecification implements Serializable {
    private static final long serialVersionUID = 1L;
}
