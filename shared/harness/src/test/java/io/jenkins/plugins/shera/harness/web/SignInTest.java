package io.jenkins.plugins.shera.harness.web;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.User;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import hudson.security.SecurityRealm;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import jenkins.security.ApiTokenProperty;
import jenkins.security.apitoken.TokenUuidAndPlainValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Who may see what. */
class SignInTest {
    @TempDir
    Path home;

    private Web web;

    @BeforeEach
    void start() throws Exception {
        web = new Web(home);
        web.jenkins.setSecurityRealm(new NameIsPassword());
        FullControlOnceLoggedInAuthorizationStrategy strategy = new FullControlOnceLoggedInAuthorizationStrategy();
        strategy.setAllowAnonymousRead(false);
        web.jenkins.setAuthorizationStrategy(strategy);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void sendsAStrangerToTheSignInPage() throws Exception {
        HttpResponse<String> refused = web.get("manage/");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("/jenkins/login?from=%2Fjenkins%2Fmanage%2F");
        assertThat(web.get("login").statusCode()).isEqualTo(200);
        assertThat(web.get("sample/greet?name=x").statusCode()).isEqualTo(200);
    }

    @Test
    void takesAnApiTokenInPlaceOfThePasswordAndAsksNoCrumbOfIt() throws Exception {
        User ann = User.getById("ann", true);
        ApiTokenProperty tokens = new ApiTokenProperty();
        ann.addProperty(tokens);
        TokenUuidAndPlainValue token = tokens.generateNewToken("scripts");
        String mine = "user/ann/descriptorByName/jenkins.security.ApiTokenProperty/generateNewToken";

        assertThat(web.get("manage/", "Authorization", basic("ann:" + token.plainValue))
                        .statusCode())
                .isEqualTo(200);
        assertThat(web.post(mine, "newTokenName=more", "Authorization", basic("ann:" + token.plainValue))
                        .body())
                .contains("tokenValue");
        assertThat(web.post(mine, "newTokenName=more", "Authorization", basic("ann:ann"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(web.get("manage/", "Authorization", basic("bob:" + token.plainValue))
                        .statusCode())
                .isEqualTo(401);
        assertThat(Files.readString(ann.getUserFolder().toPath().resolve("config.xml")))
                .contains("scripts")
                .doesNotContain(token.plainValue);

        tokens.revokeToken(token.tokenUuid);
        assertThat(web.get("manage/", "Authorization", basic("ann:" + token.plainValue))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void keepsASignInForTheSession() throws Exception {
        web.signIn("ann", "wrong");
        assertThat(web.get("manage/").statusCode()).isEqualTo(403);

        web.signIn("ann", "ann");
        assertThat(web.get("manage/").body()).contains("Manage Jenkins", "ann");

        web.get("logout");
        assertThat(web.get("manage/").statusCode()).isEqualTo(403);
    }

    @Test
    void takesAPasswordWithEachRequest() throws Exception {
        assertThat(web.get("manage/", "Authorization", basic("ann:ann")).statusCode())
                .isEqualTo(200);
        assertThat(web.get("manage/", "Authorization", basic("ann:wrong")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void neverRedirectsToAnotherServer() throws Exception {
        HttpResponse<String> answer =
                web.post("j_spring_security_check", "j_username=ann&j_password=ann&from=%2F%2Felsewhere.example%2F");

        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/jenkins/");
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static final class NameIsPassword extends SecurityRealm {
        @Override
        public SecurityComponents createSecurityComponents() {
            return new SecurityComponents(
                    asked -> {
                        if (!asked.getName().equals(asked.getCredentials())) {
                            throw new BadCredentialsException(asked.getName());
                        }
                        return new UsernamePasswordAuthenticationToken(
                                asked.getName(), "", List.of(AUTHENTICATED_AUTHORITY2));
                    },
                    name -> {
                        if (name.equals("ann")) {
                            return new org.springframework.security.core.userdetails.User(
                                    name, "", List.of(AUTHENTICATED_AUTHORITY2));
                        }
                        throw new UsernameNotFoundException(name);
                    });
        }
    }
}
