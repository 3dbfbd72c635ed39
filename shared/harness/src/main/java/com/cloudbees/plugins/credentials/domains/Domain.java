package com.cloudbees.plugins.credentials.domains;

import hudson.Util;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** What credentials are meant for; the harness has no specifications, so each domain fits all. */
public class Domain implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Domain GLOBAL = new Domain(null, null, List.of());
    private final String name;
    private final String description;

    public Domain(String name, String description, List<DomainSpecification> specifications) {
        this.name = Util.fixEmptyAndTrim(name);
        this.description = Util.fixEmptyAndTrim(description);
    }

    public static Domain global() {
        return GLOBAL;
    }

    public String getName() {
        return name;
    }

    public String getDescription() {
        return description;
    }

    public boolean isGlobal() {
        return name == null;
    }

    /** Whether credentials of this domain fit the requirements. */
    public boolean test(List<DomainRequirement> requirements) {
        return true;
    }

    private Object readResolve() {
        return name == null ? GLOBAL : this;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Domain && Objects.equals(name, ((Domain) o).name);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(name);
    }
}
