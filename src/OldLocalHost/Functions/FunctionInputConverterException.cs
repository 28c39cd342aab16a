#pragma warning disable IDE0130 // its full name is persisted as the type of an activity's failure: it is the real one
namespace Microsoft.Azure.Functions.Worker;

/// <summary>An invocation fails with this when its input does not fit the function's parameters.</summary>
internal sealed class FunctionInputConverterException(string message, Exception? reason) : Exception(message, reason);
