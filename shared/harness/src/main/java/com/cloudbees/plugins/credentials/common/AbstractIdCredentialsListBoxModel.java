package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import java.util.List;
import org.kohsuke.args4j.Option;
import org.springframework.security.core.Authentication;

/** Choices among credentials. */
public abstract class AbstractIdCredentialsListBoxModel<
                T extends AbstractIdCredentialsListBoxModel<T, C>, C extends IdCredentials>
        extends ListBoxModel {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unchecked")
    private T self() {
        return (T) this;
    }

    /** Adds the choice of none, first. */
    public AbstractIdCredentialsListBoxModel<T, C> includeEmptyValue() {
        add(0, new Option("- none -", ""));
        return self();
    }

    /** Adds what is chosen now, when it is not among the choices. */
    public AbstractIdCredentialsListBoxModel<T, C> includeCurrentValue(String value) {
        if (Util.fixEmpty(value) != null && stream().noneMatch(option -> option.value.equals(value))) {
            add("- current -", value);
        }
        return self();
    }

    /** Adds the credentials that items at the context may use on behalf of the user. */
    public AbstractIdCredentialsListBoxModel<T, C> includeMatchingAs(
            Authentication authentication,
            Item context,
            Class<? extends C> type,
            List<DomainRequirement> domainRequirements,
            CredentialsMatcher matcher) {
        for (C c : CredentialsProvider.lookupCredentialsInItem(type, context, authentication, domainRequirements)) {
            if (matcher.matches(c)) {
                add(CredentialsNameProvider.name(c), c.getId());
            }
        }
        return self();
    }
}
