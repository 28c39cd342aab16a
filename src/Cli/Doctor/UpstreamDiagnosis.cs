namespace Darkroom.Cli.Doctor;

/// <summary>Decides what the facts about ModelScope mean.</summary>
internal static class UpstreamDiagnosis
{
    public static IEnumerable<Finding> Of(UpstreamFacts facts)
    {
        yield return Token(facts);
        if (facts.BaseUrl is null)
        {
            yield return Finding.Ok(DoctorWords.Upstream, DoctorWords.UpstreamSimulated);
            yield break;
        }

        yield return Upstream(facts);
        if (facts.TokenPlace is null || facts.Answer is not (UpstreamAnswer.Accepted or UpstreamAnswer.Refused))
            yield break;
        yield return Account(facts);
        if (facts.Answer == UpstreamAnswer.Accepted)
            yield return Credits(facts);
    }

    private static Finding Token(UpstreamFacts facts) => facts switch
    {
        { TokenPlace: { } place } => Finding.Ok(DoctorWords.Token, DoctorWords.TokenFound.With(place)),
        { BaseUrl: null } => Finding.Warning(DoctorWords.Token, DoctorWords.NoTokenSimulated, DoctorWords.TokenCure),
        _ => Finding.Problem(DoctorWords.Token, DoctorWords.NoToken, DoctorWords.TokenCure),
    };

    private static Finding Upstream(UpstreamFacts facts) => facts.Answer switch
    {
        UpstreamAnswer.Unreachable => Finding.Problem(
            DoctorWords.Upstream, DoctorWords.UpstreamUnreachable.With(facts.BaseUrl, facts.Error), DoctorWords.UpstreamUnreachableCure),
        UpstreamAnswer.Trouble => Finding.Warning(
            DoctorWords.Upstream, DoctorWords.UpstreamTrouble.With(facts.BaseUrl, facts.Error), DoctorWords.UpstreamTroubleCure),
        _ => Finding.Ok(DoctorWords.Upstream, DoctorWords.UpstreamAnswers.With(facts.BaseUrl)),
    };

    private static Finding Account(UpstreamFacts facts) => facts.Answer == UpstreamAnswer.Refused
        ? Finding.Problem(DoctorWords.Account, DoctorWords.TokenRefused, DoctorWords.AccountCure)
        : Finding.Ok(DoctorWords.Account, DoctorWords.TokenAccepted);

    private static Finding Credits(UpstreamFacts facts) => facts.Credits switch
    {
        null => Finding.Warning(DoctorWords.Credits, DoctorWords.CreditsUnknown.With(facts.CreditsError), DoctorWords.CreditsUnknownCure),
        <= 0 => Finding.Problem(DoctorWords.Credits, DoctorWords.NoCredits, DoctorWords.CreditsCure),
        { } credits => Finding.Ok(DoctorWords.Credits, DoctorWords.CreditsLeft.With(credits)),
    };
}
