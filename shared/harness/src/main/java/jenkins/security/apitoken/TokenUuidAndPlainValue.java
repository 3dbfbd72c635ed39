package jenkins.security.apitoken;

/** A new token: its value is known only now. */
public class TokenUuidAndPlainValue {
    public final String tokenUuid;
    public final String plainValue;

    public TokenUuidAndPlainValue(String tokenUuid, String plainValue) {
        this.tokenUuid = tokenUuid;
        this.plainValue = plainValue;
    }
}
