//! The methods that all request builders and all client builders share.

/// Implements the common methods of a request builder, a struct with the field
/// `request: Request`.
#[doc(hidden)]
#[macro_export]
macro_rules! request_methods {
    ($builder:ident, $output:ty, $error:ty, $decode:expr $(,)?) => {
        impl $builder {
            /// Sets the timeout of one attempt, the response body included.
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.request.timeout(timeout);
                self
            }

            /// Sets the timeout of the whole call: all attempts and the delays between them.
            pub fn total_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.request.total_timeout(timeout);
                self
            }

            /// Sets the maximum number of retries.
            pub fn retries(mut self, retries: u32) -> Self {
                self.request.retries(retries);
                self
            }

            /// Sets a header. It replaces a header of the SDK.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.request.header(name, value);
                self
            }

            /// Sends the request. Awaiting the builder does the same.
            pub fn send(self) -> $crate::runtime::Pending<$output, $error> {
                self.request.send($decode)
            }

            /// Sends the request, and returns status and headers with the decoded body.
            pub fn with_response(
                self,
            ) -> $crate::runtime::Pending<$crate::runtime::Response<$output>, $error>
            {
                self.request.send_with_response($decode)
            }

            /// Sends the request, and returns the response undecoded, whatever its status.
            pub fn raw(
                self,
            ) -> $crate::runtime::Pending<$crate::runtime::RawResponse, $error> {
                self.request.raw()
            }

            /// Builds the HTTP request, credentials included, without sending it.
            pub fn build(
                self,
            ) -> $crate::runtime::Pending<
                $crate::runtime::HttpRequest<$crate::runtime::Body>,
                $error,
            > {
                self.request.build()
            }
        }

        impl $crate::runtime::RequestExt for $builder {
            fn request_mut(&mut self) -> &mut $crate::runtime::Request {
                &mut self.request
            }
        }

        impl ::std::future::IntoFuture for $builder {
            type Output = ::std::result::Result<$output, $crate::runtime::Error<$error>>;
            type IntoFuture = $crate::runtime::Pending<$output, $error>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }

        $crate::mock_call!($builder, $output, $error);
    };
}

/// The part of [`request_methods!`] for tests: it depends on a feature of this crate, not of the
/// crate that invokes the macro.
#[cfg(any(test, feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! mock_call {
    ($builder:ident, $output:ty, $error:ty) => {
        impl $crate::runtime::testing::MockCall for $builder {
            type Output = $output;
            type ErrorBody = $error;

            fn into_request(self) -> $crate::runtime::Request {
                self.request
            }
        }
    };
}

/// Without the feature `testing` there is nothing to implement.
#[cfg(not(any(test, feature = "testing")))]
#[doc(hidden)]
#[macro_export]
macro_rules! mock_call {
    ($builder:ident, $output:ty, $error:ty) => {};
}

/// Implements the common methods of a client builder, a struct with the field
/// `core: CoreBuilder`; the client is a struct with the field `core: Core`.
#[doc(hidden)]
#[macro_export]
macro_rules! client_builder_methods {
    ($builder:ident, $client:ident, $error:ty $(,)?) => {
        impl $builder {
            /// Sets the base URL, to which all paths are appended.
            pub fn base_url(
                mut self,
                base_url: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.core.base_url(base_url);
                self
            }

            /// Sets the timeout of one attempt, the response body included. The default is 30 s.
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.core.timeout(::std::option::Option::Some(timeout));
                self
            }

            /// Sets the timeout of a whole call: all attempts, the delays between them, and the
            /// credential provider. An attempt is limited to the remaining time, and no delay is
            /// started that would exceed it. By default there is no such timeout. It applies to
            /// each page of a list, and to the response head of a stream.
            pub fn total_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.core.total_timeout(timeout);
                self
            }

            /// Removes the per-attempt timeout.
            pub fn without_timeout(mut self) -> Self {
                self.core.timeout(::std::option::Option::None);
                self
            }

            /// Sets the timeout for connecting, of the default transport. The default is 10 s.
            pub fn connect_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.core.connect_timeout(timeout);
                self
            }

            /// Sets the maximum number of retries. The default is 2.
            pub fn retries(mut self, retries: u32) -> Self {
                self.core.retries(retries);
                self
            }

            /// Sets the number of retries and the delays between them.
            pub fn retry_policy(mut self, policy: $crate::runtime::RetryPolicy) -> Self {
                self.core.retry_policy(policy);
                self
            }

            /// Sets the maximum size of a response body. The default is 16 MiB.
            pub fn max_body_bytes(mut self, limit: usize) -> Self {
                self.core.max_body_bytes(limit);
                self
            }

            /// Sets the maximum number of requests at the same time; further ones wait. By default
            /// there is no maximum. A streamed response counts until it has been read.
            pub fn max_concurrent_requests(mut self, limit: usize) -> Self {
                self.core.max_concurrent_requests(limit);
                self
            }

            /// Sets the maximum number of pages of a list, which ends a list of a server that
            /// never sends a last page. The default is 100,000.
            pub fn max_pages(mut self, limit: usize) -> Self {
                self.core.max_pages(limit);
                self
            }

            /// Sets the maximum time between two events of a stream, whatever else the server
            /// sends meanwhile. The default is 10 minutes.
            pub fn event_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.core.event_timeout(timeout);
                self
            }

            /// Allows credentials to be sent over plain `http` to hosts other than this
            /// machine, which is an error by default.
            pub fn allow_insecure_http(mut self) -> Self {
                self.core.allow_insecure_http();
                self
            }

            /// Appends a product to the `User-Agent` header: `my-app/1.2`.
            pub fn user_agent(mut self, product: &str) -> Self {
                self.core.user_agent(product);
                self
            }

            /// Sets a header of every request.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.core.header(name, value);
                self
            }

            /// Sets a function that adds headers to each attempt, within the span of the call: the
            /// propagator of a tracing library adds `traceparent`, for example. Headers that the
            /// request already has are kept. By default, no such header is sent.
            pub fn propagate(
                mut self,
                add: impl ::std::ops::Fn(&mut $crate::runtime::HeaderMap)
                + ::std::marker::Send
                + ::std::marker::Sync
                + 'static,
            ) -> Self {
                self.core.propagate(add);
                self
            }

            /// Sets the transport, which sends the requests.
            pub fn transport(
                mut self,
                transport: impl $crate::runtime::Transport,
            ) -> Self {
                self.core.transport(transport);
                self
            }

            /// Sets the timer, which provides delays and timeouts.
            pub fn timer(mut self, timer: impl $crate::runtime::Timer) -> Self {
                self.core.timer(timer);
                self
            }

            /// Builds the client. An invalid base URL or credential is an error.
            pub fn build(
                self,
            ) -> ::std::result::Result<$client, $crate::runtime::Error<$error>> {
                ::std::result::Result::Ok($client { core: self.core.build()? })
            }
        }

        impl $client {
            /// Creates a request that the document lacks, with the credentials, retries, limits
            /// and errors of this client. `path` is a template: `/users/{user_id}`.
            pub fn request(
                &self,
                method: $crate::runtime::HttpMethod,
                path: &'static str,
            ) -> $crate::runtime::CustomRequest<$error> {
                self.core.custom_request(&method, path)
            }
        }

        $crate::client_builder_reqwest!($builder);
    };
}

/// The part of [`client_builder_methods`] that depends on a feature of this crate, as opposed to
/// the crate that calls the macro.
#[cfg(feature = "reqwest")]
#[doc(hidden)]
#[macro_export]
macro_rules! client_builder_reqwest {
    ($builder:ident) => {
        impl $builder {
            /// Configures the default transport: a proxy, certificates, the size of the
            /// connection pool. Redirects stay disabled. It has no effect if `transport` or
            /// `reqwest_client` is set.
            pub fn reqwest<F>(mut self, configure: F) -> Self
            where
                F: ::std::ops::Fn(
                        $crate::runtime::ReqwestClientBuilder,
                    ) -> $crate::runtime::ReqwestClientBuilder
                    + ::std::marker::Send
                    + ::std::marker::Sync
                    + 'static,
            {
                self.core.reqwest(configure);
                self
            }

            /// Sends requests with the caller's `reqwest::Client`. Build it with
            /// `reqwest::redirect::Policy::none()`: redirects would forward credentials, and a
            /// response from another origin is an error.
            pub fn reqwest_client(
                mut self,
                client: $crate::runtime::ReqwestClient,
            ) -> Self {
                self.core.transport($crate::runtime::ReqwestTransport::from(client));
                self
            }
        }
    };
}

/// Empty without the feature.
#[cfg(not(feature = "reqwest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! client_builder_reqwest {
    ($builder:ident) => {};
}
