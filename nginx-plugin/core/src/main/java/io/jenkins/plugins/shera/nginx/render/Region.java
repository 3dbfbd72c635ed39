package io.jenkins.plugins.shera.nginx.render;

import io.jenkins.plugins.shera.nginx.language.Masking;
import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.SourceFile;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import io.jenkins.plugins.shera.nginx.language.Word;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.Stream;
import io.jenkins.plugins.shera.nginx.model.StreamSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a reader may see of a configuration file: all of it, or what names a tenant's own routes and nobody else's. */
public final class Region {
    private final Predicate<String> own;
    private final Predicate<String> others;

    private Region(Predicate<String> own, Predicate<String> others) {
        this.own = own;
        this.others = others;
    }

    /** Everything, secrets masked. */
    public static Region whole() {
        return new Region(text -> true, text -> false);
    }

    /** One tenant's part, as far as these routes tell whose a name is. */
    public static Region of(String tenant, RouteSet routes) {
        return of(tenant, routes, StreamSet.of(List.of()));
    }

    /** The same where there are streams, too. */
    public static Region of(String tenant, RouteSet routes, StreamSet streams) {
        List<Route> all = List.copyOf(routes.routes());
        List<RouteOwner> owners = streams.streams().stream().map(Stream::owner).toList();
        return new Region(
                text -> all.stream().anyMatch(route -> isOf(route.owner(), tenant) && names(text, route))
                        || owners.stream().anyMatch(owner -> isOf(owner, tenant) && stands(owner.id(), text, '-')),
                text -> all.stream().anyMatch(route -> !isOf(route.owner(), tenant) && names(text, route))
                        || owners.stream().anyMatch(owner -> !isOf(owner, tenant) && stands(owner.id(), text, '-')));
    }

    /** The part as text, letter by letter but for secrets; nothing for a file that is no nginx configuration. */
    public Optional<String> show(String name, byte[] content) {
        try {
            SourceFile file = Parser.parse(name, new String(content, StandardCharsets.UTF_8));
            boolean whole = own.test("");
            SourceFile shown = whole ? file : new SourceFile(name, visible(file.statements()), "\n");
            return Optional.of(Masking.mask(shown).text().stripLeading());
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    private List<Statement> visible(List<Statement> statements) {
        List<Statement> shown = new ArrayList<>();
        for (Statement statement : statements) {
            String text = new SourceFile("", List.of(statement), "").text();
            if (!own.test(text)) {
                continue;
            }
            if (!others.test(text)) {
                shown.add(statement);
            } else if (statement.block() != null && !isServerOfOthers(statement.block())) {
                List<Statement> inner = visible(statement.block());
                if (!inner.isEmpty() && statement.words().stream().noneMatch(word -> others.test(word.text()))) {
                    shown.add(new Statement(bare(statement.words()), " ", inner, null, "\n"));
                }
            }
        }
        return shown;
    }

    /** What stands in a server of another host is not one's own because it names one, as the target of a redirect does. */
    private boolean isServerOfOthers(List<Statement> block) {
        List<String> names = block.stream()
                .filter(each ->
                        !each.words().isEmpty() && each.words().get(0).text().equals("server_name"))
                .flatMap(each -> each.words().stream())
                .map(Word::text)
                .toList();
        return names.stream().anyMatch(others) && names.stream().noneMatch(own);
    }

    /** Without the comments between the words, which may tell of others. */
    private static List<Word> bare(List<Word> words) {
        List<Word> bare = new ArrayList<>();
        for (Word word : words) {
            bare.add(new Word(bare.isEmpty() ? "\n" : " ", word.raw(), word.text(), word.line()));
        }
        return bare;
    }

    private static boolean isOf(RouteOwner owner, String tenant) {
        return owner.tenant().equals(tenant);
    }

    private static boolean names(String text, Route route) {
        return stands(route.host(), text, '.') || stands(route.owner().id(), text, '-');
    }

    /** Whether it stands there by itself, and not as a part of a longer name, which these and one more may belong to. */
    private static boolean stands(String name, String text, char more) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            if ((at == 0 || !isPart(text.charAt(at - 1), more))
                    && (end == text.length() || !isPart(text.charAt(end), more))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(char letter, char more) {
        return letter == more || letter == '-' || letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9';
    }
}
