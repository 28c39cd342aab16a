using FsCheck;
using FsCheck.Fluent;

namespace Darkroom.TestKit;

/// <summary>Checks a statement for thousands of generated values.</summary>
public static class Properties
{
    /// <summary>Throws with the smallest counter-example when <paramref name="holds"/> is ever false or throws.</summary>
    public static void ForAll<T>(Arbitrary<T> values, Func<T, bool> holds, int cases = 3000) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases).WithQuietOnSuccess(true), Prop.ForAll(values, holds));

    /// <inheritdoc cref="ForAll{T}(Arbitrary{T}, Func{T, bool}, int)"/>
    public static void ForAll<T>(Gen<T> values, Func<T, bool> holds, int cases = 3000) => ForAll(Arb.From(values), holds, cases);
}
