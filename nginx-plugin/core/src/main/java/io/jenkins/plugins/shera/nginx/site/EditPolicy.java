package io.jenkins.plugins.shera.nginx.site;

import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.SourceFile;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a hand's edit of generated configuration may say before it is put on other nodes: the same as files of people may. */
public final class EditPolicy {
    private EditPolicy() {}

    /**
     * Checks what was added or changed; what was generated stands as it is.
     *
     * @param file its name, for messages
     * @param allowed what the tenant's people may write
     */
    public static void check(String file, String generated, String edited, SiteAllowance allowed)
            throws InvalidSiteException {
        try {
            Set<String> known = new HashSet<>();
            collect(Parser.parse(file, generated).statements(), known);
            List<Statement> changed = new ArrayList<>();
            changed(Parser.parse(file, edited).statements(), known, changed);
            SitePolicy.statements(file, changed, allowed);
        } catch (SyntaxException e) {
            throw new InvalidSiteException(e.getMessage() + ". Correct it on the node, then adopt again.");
        }
    }

    private static void collect(List<Statement> statements, Set<String> known) {
        for (Statement statement : statements) {
            known.add(key(statement));
            if (statement.block() != null) {
                known.add(head(statement));
                collect(statement.block(), known);
            }
        }
    }

    /** A block whose head was generated is looked into; one whose head is new is judged as a whole. */
    private static void changed(List<Statement> statements, Set<String> known, List<Statement> changed) {
        for (Statement statement : statements) {
            if (known.contains(key(statement))) {
                continue;
            }
            if (statement.block() != null && known.contains(head(statement))) {
                changed(statement.block(), known, changed);
            } else {
                changed.add(statement);
            }
        }
    }

    private static String head(Statement statement) {
        return statement.name() + "\u0000" + String.join("\u0000", statement.arguments()) + "\u0000{";
    }

    private static String key(Statement statement) {
        if (statement.block() == null) {
            return head(statement) + ";";
        }
        return new SourceFile("", List.of(statement), "").text().strip();
    }
}
