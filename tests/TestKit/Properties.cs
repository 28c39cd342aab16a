using FsCheck;
using FsCheck.Fluent;

namespace Darkroom.TestKit;

/// <summary>Checks properties for thousands of generated values.</summary>
public static class Properties
{
    /// <summary>Throws with the smallest counter-example if <paramref name="holds"/> returns false or throws for any value.</summary>
    public static void ForAll<T>(Arbitrary<T> values, Func<T, bool> holds, int cases = 3000) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases).WithQuietOnSuccess(true), Prop.ForAll(values, holds));

    /// <inheritdoc cref="ForAll{T}(Arbitrary{T}, Func{T, bool}, int)"/>
    public static void ForAll<T>(Gen<T> values, Func<T, bool> holds, int cases = 3000) => ForAll(Arb.From(values), holds, cases);
}
